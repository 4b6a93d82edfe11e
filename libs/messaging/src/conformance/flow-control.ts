import { expect, test } from '@jest/globals';
import { EACH_ONCE, people, type ConformanceRun } from './conformance-run.js';
import { until } from './until.js';

/** How a group is slowed down and stopped. */
export function flowControlTests<Transaction>(run: () => ConformanceRun<Transaction>): void {
  test('a slow handler bounds what is read ahead', async () => {
    const total = 12_000;
    const ids = await run().writer.write('participant', people(total));
    const before = run().harness.eventsRead();
    let goOn: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let called = false;
    const group = run().group(() => {
      called = true;
      return blocked;
    });
    const { subscription } = await run().join(group, { batchEventsMax: 100 });
    await until('the handler has the first batch', () => called);
    // Looks at the progress for a while, so that a reader without a bound would have gone on to the end.
    for (let look = 0; look < 50; look++) expect((await subscription.progress()).lag).toBe(total);
    expect(run().harness.eventsRead() - before).toBeLessThan(total);
    goOn();
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
  });

  test('nothing is handled in a pause, and everything after it', async () => {
    const { subscription } = await run().join();
    const before = await run().writer.write('participant', people(10));
    await run().atHead(subscription);
    subscription.pause();
    expect((await subscription.progress()).state).toBe('paused');
    const after = await run().writer.write('participant', people(10));
    for (let look = 0; look < 20; look++) expect((await subscription.progress()).lag).toBe(after.length);
    expect((await run().effects()).length).toBe(before.length);
    subscription.resume();
    expect(await run().outcomeOf([...before, ...after])).toEqual(EACH_ONCE);
    expect((await subscription.progress()).state).toBe('running');
  });

  test('stop finishes the batch in hand and hands over to the next member', async () => {
    // An adapter may have a batch of each of several partitions in hand at once.
    const inHand: number[] = [];
    let goOn: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slow = run().group((events) => {
      inHand.push(events.length);
      return blocked;
    });
    const first = await run().join(slow, { batchEventsMax: 2 });
    const ids = await run().writer.write('participant', people(60));
    await until('a batch is in hand', () => inHand.length > 0);
    const stopped = first.subscription.stop();
    goOn();
    await stopped;
    const handled = inHand.reduce((sum, events) => sum + events, 0);
    expect((await run().effects()).length).toBe(handled);
    expect(handled).toBeLessThan(ids.length);
    await run().join();
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
  });
}
