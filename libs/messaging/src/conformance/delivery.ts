import { expect, test } from '@jest/globals';
import { EACH_ONCE, GROUP, people, type ConformanceRun } from './conformance-run.js';
import { until } from './until.js';

/** What arrives, where, and in which order, while all goes well. */
export function deliveryTests<Transaction>(run: () => ConformanceRun<Transaction>): void {
  test('three categories of one key arrive in log order', async () => {
    const { subscription } = await run().join();
    const ids = await run().writer.writeRounds(20, people(3));
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
    await run().atHead(subscription);
  });

  test('order and once-only hold through members that join and leave under load', async () => {
    const settings = { batchEventsMax: 20 };
    const group = run().group();
    const ids: string[] = [];
    const load = async () => void ids.push(...(await run().writer.writeRounds(4, people(40))));
    const first = await run().join(group, settings);
    await load();
    const second = await run().join(group, settings);
    const third = await run().join(group, settings);
    await load();
    await first.subscription.stop();
    await load();
    await Promise.all([second.subscription.stop(), run().join(group, settings)]);
    await load();
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
    await run().atHead(third.subscription);
  });

  test('several members share the keys, and each key stays with one of them', async () => {
    const handledBy = new Map<string, Set<number>>();
    const member = (name: number) =>
      run().group((events) => {
        for (const { key } of events) handledBy.set(key, (handledBy.get(key) ?? new Set()).add(name));
      });
    await Promise.all([run().join(member(1)), run().join(member(2)), run().join(member(3))]);
    let ids: readonly string[] = [];
    await until('all three members have work', async () => {
      ids = [...ids, ...(await run().writer.write('participant', people(60)))];
      expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
      const members = new Set([...handledBy.values()].flatMap((names) => [...names]));
      return members.size === 3;
    });
    handledBy.clear();
    expect(await run().outcomeOf([...ids, ...(await run().writer.writeRounds(5, people(60)))])).toEqual(EACH_ONCE);
    expect([...handledBy.values()].filter((names) => names.size !== 1)).toEqual([]);
  });

  test('other categories are left out, and the progress reaches the head over them', async () => {
    const { subscription } = await run().join(run().group(undefined, GROUP, ['participant']));
    const ids = await run().writer.write('participant', people(5));
    await run().writer.write('communication', people(50));
    await run().atHead(subscription);
    const head = await run().harness.store.head();
    const { partitions, ...progress } = await subscription.progress();
    expect(progress).toEqual({ group: GROUP, position: head, lag: 0, state: 'running' });
    expect(partitions.length).toBeGreaterThan(1);
    expect(partitions).toEqual(partitions.map((_, partition) => ({ partition, lag: 0 })));
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
  });

  test('what a handler asks for behind its commit finds the state written', async () => {
    const group = run().group();
    const found: Promise<boolean>[] = [];
    const hinted = new Set<string>();
    const looks = async (ids: readonly string[]): Promise<boolean> => {
      const written = new Set((await run().effects()).map(({ eventId }) => eventId));
      return ids.every((id) => written.has(id));
    };
    await run().join({
      ...group,
      handle: async (batch) => {
        const ids = batch.events.map(({ id }) => id);
        batch.afterCommit?.(() => {
          found.push(looks(ids));
          for (const id of ids) hinted.add(id);
        });
        return group.handle(batch);
      },
    });
    const written = await run().writer.writeRounds(2, people(5));
    expect(await run().outcomeOf(written)).toEqual(EACH_ONCE);
    await until('a hint was given behind every event', () => written.every((id) => hinted.has(id)));
    expect(new Set(await Promise.all(found))).toEqual(new Set([true]));
  });

  test('a new group starts at the beginning of the log', async () => {
    const ids = await run().writer.writeRounds(2, people(5));
    await run().join();
    expect(await run().outcomeOf(ids)).toEqual(EACH_ONCE);
    const seen = new Set<string>();
    const other = run().group((events) => events.forEach(({ id }) => seen.add(id)), 'conformance.later');
    await run().join({ ...other, handle: async (batch) => void (await other.handle(batch)) });
    await until('the later group has seen all', () => seen.size === ids.length);
  });

  test('a member that comes back goes on from the checkpoint', async () => {
    const { subscription } = await run().join();
    const before = await run().writer.writeRounds(3, people(10));
    await run().atHead(subscription);
    await subscription.stop();
    expect((await subscription.progress()).state).toBe('stopped');
    const after = await run().writer.writeRounds(3, people(10));
    await run().join();
    expect(await run().outcomeOf([...before, ...after])).toEqual(EACH_ONCE);
  });

  test('a batch keeps its bounds in events and in bytes', async () => {
    const small = await run().writer.write('participant', people(100));
    const large = await run().writer.write('communication', people(9), { text: 'x'.repeat(6_000) });
    const isLarge = new Set(large);
    const batches: { readonly events: number; readonly large: number }[] = [];
    const group = run().group((events) => {
      batches.push({ events: events.length, large: events.filter(({ id }) => isLarge.has(id)).length });
    });
    await run().join(group, { batchEventsMax: 7, batchBytesMax: 15_000 });
    expect(await run().outcomeOf([...small, ...large])).toEqual(EACH_ONCE);
    expect(batches.filter(({ events }) => events > 7)).toEqual([]);
    expect(batches.filter((batch) => batch.large > 2)).toEqual([]);
  });
}
