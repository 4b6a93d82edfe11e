import { expect, test } from '@jest/globals';
import { DomainError } from '@poinciana/event-sourcing';
import { KEY_PARKED } from '../dead-letter.js';
import { keyOf } from './log-writer.js';
import { EACH_ONCE, GROUP, people, type ConformanceRun } from './conformance-run.js';
import { until } from './until.js';

/** A handler that refuses events as long as they are in `poison`. */
function refusing<Transaction>(run: ConformanceRun<Transaction>, poison: Set<string>) {
  return run.group((events) => {
    if (events.some(({ id }) => poison.has(id))) throw new DomainError('bad_event', 'This event is bad');
  });
}

/** Events that cannot be handled, and their repair. */
export function deadLetterTests<Transaction>(run: () => ConformanceRun<Transaction>): void {
  test('a bad event becomes a dead letter, its key is parked, the others go on, and a replay repairs in order', async () => {
    const good = await run().writer.writeRounds(1, people(10));
    const [bad = ''] = await run().writer.write('participant', [3]);
    const waiting = await run().writer.writeRounds(2, [3]);
    const others = await run().writer.writeRounds(2, people(3));
    const poison = new Set([bad]);
    const { subscription } = await run().join(refusing(run(), poison), { batchEventsMax: 40 });
    expect(await run().outcomeOf([...good, ...others])).toEqual(EACH_ONCE);
    await run().atHead(subscription);
    const later = await run().writer.write('communication', [3]);
    await run().atHead(subscription);
    const letters = await subscription.deadLetters.list();
    expect(letters.map(({ eventId }) => eventId)).toEqual([bad, ...waiting, ...later]);
    expect(letters.map(({ reason }) => [reason.code, reason.attempts])).toEqual([
      ['bad_event', 3],
      ...[...waiting, ...later].map(() => [KEY_PARKED, 0]),
    ]);
    expect(letters[0]).toMatchObject({
      key: keyOf(3),
      type: 'SomethingHappened',
      reason: { message: 'This event is bad' },
    });
    expect(await subscription.deadLetters.count()).toEqual({ events: letters.length, keys: 1 });
    poison.clear();
    const replay = await subscription.deadLetters.replay(keyOf(3));
    expect(replay).toEqual({ key: keyOf(3), handled: letters.length, remaining: 0 });
    const repaired = [...good, ...others, bad, ...waiting, ...later];
    expect(await run().outcomeOf(repaired)).toEqual(EACH_ONCE);
    expect(await run().outcomeOf([...repaired, ...(await run().writer.writeRounds(1, [3]))])).toEqual(EACH_ONCE);
  });

  test('a state write that fails is laid to its event, and nothing of it is seen', async () => {
    const [bad = '', ...others] = await run().writer.write('participant', people(9));
    const { effects } = run().harness;
    const { subscription } = await run().join({
      ...run().group(),
      handle:
        async ({ events }) =>
        async (transaction) => {
          await effects.write(events)(transaction);
          if (events.some(({ id }) => id === bad)) throw new RangeError('A value is out of its range');
        },
    });
    await run().atHead(subscription);
    expect(await run().outcomeOf(others)).toEqual(EACH_ONCE);
    const letters = await subscription.deadLetters.list();
    expect(letters.map(({ eventId, reason }) => [eventId, reason.code])).toEqual([[bad, 'RangeError']]);
  });

  test('what fails again in a replay stays, with what waits behind it', async () => {
    const [first = ''] = await run().writer.write('participant', [1]);
    const [second = ''] = await run().writer.write('communication', [1]);
    const poison = new Set([first, second]);
    const { subscription } = await run().join(refusing(run(), poison));
    await run().atHead(subscription);
    poison.delete(first);
    expect(await subscription.deadLetters.replay(keyOf(1))).toEqual({ key: keyOf(1), handled: 1, remaining: 1 });
    const [letter] = await subscription.deadLetters.list();
    expect(letter).toMatchObject({ eventId: second, reason: { code: 'bad_event', attempts: 1 } });
    expect(await subscription.deadLetters.replay(keyOf(2))).toEqual({ key: keyOf(2), handled: 0, remaining: 0 });
    expect(await run().outcomeOf([first])).toEqual(EACH_ONCE);
  });

  test('replays under load keep the order and double nothing', async () => {
    const poison = new Set(await run().writer.write('participant', people(4)));
    const { subscription } = await run().join(refusing(run(), poison), { batchEventsMax: 30 });
    const ids = [...poison, ...(await run().writer.writeRounds(3, people(30)))];
    await until('four keys are parked', async () => (await subscription.deadLetters.count()).keys === 4);
    poison.clear();
    const repairs = people(4).map((person) => subscription.deadLetters.replay(keyOf(person)));
    ids.push(...(await run().writer.writeRounds(6, people(30))));
    await Promise.all(repairs);
    await run().atHead(subscription);
    for (const person of people(4)) await subscription.deadLetters.replay(keyOf(person));
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
    expect(await subscription.deadLetters.count()).toEqual({ events: 0, keys: 0 });
  });

  test('parked keys stay parked for the next member', async () => {
    const [bad = ''] = await run().writer.write('participant', [1]);
    const poison = new Set([bad]);
    const first = await run().join(refusing(run(), poison));
    await run().atHead(first.subscription);
    await first.subscription.stop();
    const waiting = await run().writer.write('communication', [1]);
    const { subscription } = await run().join();
    await run().atHead(subscription);
    expect(await run().effects()).toEqual([]);
    await subscription.deadLetters.replay(keyOf(1));
    expect(await run().outcomeOf([bad, ...waiting])).toEqual(EACH_ONCE);
  });

  test('many dead keys in a row trip the breaker instead of emptying the group into the dead letters', async () => {
    let isBroken = true;
    const group = run().group(() => {
      if (isBroken) throw new TypeError('every event is refused');
    });
    const ids = await run().writer.write('participant', people(200));
    const { subscription } = await run().join(group, { processing: { deadKeysInRowMax: 3 } });
    await until('the breaker is open', async () => (await subscription.progress()).state === 'tripped');
    isBroken = false;
    await run().atHead(subscription);
    expect(await subscription.progress()).toMatchObject({ group: GROUP, state: 'running' });
    const letters = await subscription.deadLetters.list();
    expect(letters.length).toBeGreaterThanOrEqual(3);
    expect(letters.length).toBeLessThan(ids.length);
    for (const { key } of letters) await subscription.deadLetters.replay(key);
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
  });
}
