import { expect, test } from '@jest/globals';
import { TransientError } from '@poinciana/event-sourcing';
import { MemberCutError, type BatchStep } from '../processing/batch-steps.js';
import { EACH_ONCE, people, type ConformanceRun } from './conformance-run.js';
import { until } from './until.js';

const STEPS: readonly BatchStep[] = ['handle', 'handled', 'stateWritten', 'committed'];

/** What members that end or stand still leave behind. */
export function crashTests<Transaction>(run: () => ConformanceRun<Transaction>): void {
  test.each(STEPS)('a crash at the step "%s" loses and doubles nothing', async (cutStep) => {
    const ids = await run().writer.writeRounds(2, people(20));
    let passed = 0;
    const atStep = (step: BatchStep) => {
      if (step === cutStep && ++passed === 2) throw new MemberCutError(step);
    };
    const { subscription } = await run().join(run().group(), { batchEventsMax: 15, atStep });
    await until('the member has ended', async () => (await subscription.progress()).state === 'stopped');
    await run().join(run().group(), { batchEventsMax: 15 });
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
  });

  test.each(STEPS)('a crash at the step "%s" of a batch that is being divided doubles nothing', async (cutStep) => {
    const [poison, ...others] = await run().writer.write('participant', people(24));
    const group = run().group((events) => {
      if (events.some(({ id }) => id === poison)) throw new TypeError('poison');
    });
    let passed = 0;
    const atStep = (step: BatchStep) => {
      if (step === cutStep && ++passed === 3) throw new MemberCutError(step);
    };
    const { subscription } = await run().join(group, { atStep });
    await until('the member has ended', async () => (await subscription.progress()).state === 'stopped');
    const next = await run().join(group);
    expect(await run().outcomeOf(others)).toEqual(EACH_ONCE);
    await run().atHead(next.subscription);
    expect((await next.subscription.deadLetters.list()).map(({ eventId }) => eventId)).toEqual([poison]);
  });

  test('a member that stood still past its lease is refused, and what it writes is not seen', async () => {
    const ids = await run().writer.write('participant', people(30));
    let handled: () => void = () => undefined;
    const hasHandled = new Promise<void>((resolve) => {
      handled = resolve;
    });
    const zombie = run().harness.member({ batchEventsMax: 10 });
    let calls = 0;
    const subscription = await zombie.bus.subscribe(
      run().group(() => {
        if (++calls > 1) return;
        zombie.freeze();
        handled();
      }),
    );
    await hasHandled;
    await run().join();
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
    zombie.thaw();
    const more: string[] = [];
    await until('the former zombie works again', async () => {
      more.push(...(await run().writer.write('communication', people(30))));
      expect(await run().outcomeOf([...ids, ...more])).toEqual(EACH_ONCE);
      return calls > 1;
    });
    await subscription.stop();
    expect(await run().outcomeOf([...ids, ...more])).toEqual(EACH_ONCE);
  });

  test('transient errors are tried again, through the breaker if it must be, and skip nothing', async () => {
    let isAway = true;
    let failures = 0;
    const group = run().group(() => {
      if (!isAway) return;
      failures++;
      throw new TransientError('away');
    });
    const { subscription } = await run().join(group);
    const ids = await run().writer.writeRounds(2, people(20));
    await until('the breaker is open', async () => (await subscription.progress()).state === 'tripped');
    expect(await run().effects()).toEqual([]);
    expect(failures).toBeGreaterThan(1);
    isAway = false;
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
    expect(await subscription.deadLetters.count()).toEqual({ events: 0, keys: 0 });
    await run().atHead(subscription);
    expect((await subscription.progress()).state).toBe('running');
  });
}
