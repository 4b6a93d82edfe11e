import { expect, test } from '@jest/globals';
import { InMemoryEventStore, START, TransientError, type Position, type StoredEvent } from '@poinciana/event-sourcing';
import { CountingEventStore, LogWriter, QUICK_MEMBERSHIP, until } from '../conformance/index.js';
import type { EventBatch } from '../event-bus.js';
import { InMemoryEventBus } from '../in-memory/in-memory-event-bus.js';
import { LogTail } from './log-tail.js';

const people = Array.from({ length: 2_000 }, (_, person) => person);
const FOREVER_MS = 600_000;

/** A log that is away as long as it is told so. */
class RestlessStore extends CountingEventStore {
  isAway = false;

  override async readLog(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    if (this.isAway) throw new TransientError('away');
    return super.readLog(after, limit);
  }
}

test('groups that catch up together read the log once between them', async () => {
  const store = new CountingEventStore(new InMemoryEventStore());
  const ids = await new LogWriter(store).write('participant', people);
  const bus = new InMemoryEventBus({ store, membership: QUICK_MEMBERSHIP, batches: { eventsMax: 300 } });
  const seen = new Map<string, number>();
  const handle = async ({ group, events }: EventBatch) => void seen.set(group, (seen.get(group) ?? 0) + events.length);
  const names = ['one.a', 'one.b', 'two.a', 'two.b', 'three.a'];
  const subscribe = (name: string) =>
    bus.subscribe({ name, categories: ['participant'], handle: async (batch) => await handle(batch) });
  const subscriptions = await Promise.all(names.map(subscribe));
  await until('all groups have seen all', () => names.every((name) => seen.get(name) === ids.length));
  await Promise.all(subscriptions.map((subscription) => subscription.stop()));
  expect(store.eventsRead).toBe(ids.length);
});

test('what is kept is bounded, and what is gone is read again', async () => {
  const store = new CountingEventStore(new InMemoryEventStore());
  await new LogWriter(store).write('participant', people);
  const tail = new LogTail(store, { pageEventsMax: 100, keptEventsMax: 500 });
  const walk = async () => {
    const numbers: number[] = [];
    for (let after = START; ;) {
      const { events } = await tail.read(after);
      numbers.push(...events.map(({ position }) => position.number));
      const last = events.at(-1);
      if (last === undefined) return numbers;
      after = last.position;
    }
  };
  const all = people.map((person) => person + 1);
  expect(await walk()).toEqual(all);
  expect(await walk()).toEqual(all);
  expect(store.eventsRead).toBe(people.length * 2);
});

test('an append of this process wakes who waits; one elsewhere is found by polling; an abort ends the wait', async () => {
  const elsewhere = new InMemoryEventStore();
  const store = new RestlessStore(elsewhere);
  const silent = Object.assign(new RestlessStore(elsewhere), { onAppended: () => () => undefined });
  const never = new AbortController();
  const waits = [store, silent].map((one) => new LogTail(one).waitBehind(START, FOREVER_MS, never.signal));
  await new LogWriter(elsewhere).write('participant', [1]);
  await Promise.all(waits);
  const ended = new AbortController();
  const wait = new LogTail(store).waitBehind({ shard: 0, number: 1 }, FOREVER_MS, ended.signal);
  ended.abort();
  await wait;
  expect((await new LogTail(store).read(START)).events).toHaveLength(1);
});

test('who waits while the log is away is woken and meets the error', async () => {
  const store = new RestlessStore(new InMemoryEventStore());
  const tail = new LogTail(store);
  store.isAway = true;
  await tail.waitBehind(START, FOREVER_MS, new AbortController().signal);
  await expect(tail.read(START)).rejects.toThrow(TransientError);
  tail.close();
});
