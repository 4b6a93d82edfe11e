import { expect, it } from '@jest/globals';
import type { StoredEvent } from '../event.js';
import { NO_STREAM, type EventStore } from '../event-store.js';
import { type Position, START } from '../position.js';
import { appendTo, newStream, sampleEvents } from './sample-events.js';
import type { StoreUnderTest } from './started-store.js';

/** Pages that any of these specs needs at most. */
const PAGES_MAX = 1_000;

/** Everything after a position, read in pages. */
export async function readToHead(store: EventStore, after: Position, limit: number): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const next = await store.readLog(events.at(-1)?.position ?? after, limit);
    if (next.length === 0) return events;
    expect(next.length).toBeLessThanOrEqual(limit);
    events.push(...next);
  }
  throw new Error(`The log did not end within ${PAGES_MAX} pages`);
}

export function logSpecs(underTest: StoreUnderTest): void {
  it('reads in the order of appending, over all streams, the events of one write together', async () => {
    const { store, other } = underTest();
    const before = await store.head();
    const [one, two, three] = [newStream(), newStream('flow-runs'), newStream()];
    await store.append([
      { stream: two, expectedRevision: NO_STREAM, events: sampleEvents(2) },
      { stream: one, expectedRevision: NO_STREAM, events: sampleEvents(2) },
    ]);
    await other.append([{ stream: three, expectedRevision: NO_STREAM, events: sampleEvents(1) }]);
    await appendTo(store, one, sampleEvents(1), 1);
    const events = await readToHead(store, before, 10);
    expect(events.map(({ stream, revision }) => [stream, revision])).toEqual([
      [two, 0],
      [two, 1],
      [one, 0],
      [one, 1],
      [three, 0],
      [one, 2],
    ]);
    expect(await readToHead(other, before, 10)).toEqual(events);
  });

  it.each([1, 2, 3, 7, 100])('reads the same log in pages of %d', async (limit) => {
    const { store } = underTest();
    const before = await store.head();
    const events = sampleEvents(7);
    await appendTo(store, newStream(), events);
    const read = await readToHead(store, before, limit);
    expect(read.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    const numbers = read.map(({ position }) => position.number);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  });

  it('has its head at the last event, and nothing after it', async () => {
    const { store, other } = underTest();
    const outcome = await appendTo(store, newStream(), sampleEvents(3));
    expect(outcome).toMatchObject({ position: await store.head() });
    expect(await other.head()).toEqual(await store.head());
    expect(await store.readLog(await store.head(), 10)).toEqual([]);
  });

  it('does not move its head for a conflict or a replay', async () => {
    const { store } = underTest();
    const stream = newStream();
    const events = sampleEvents(2);
    await appendTo(store, stream, events);
    const head = await store.head();
    await appendTo(store, stream, events);
    await appendTo(store, stream, sampleEvents(1));
    expect(await store.head()).toEqual(head);
    await appendTo(store, stream, sampleEvents(1), 1);
    expect(await store.readLog(head, 10)).toHaveLength(1);
  });

  it('begins at the beginning', async () => {
    const { store } = underTest();
    await appendTo(store, newStream(), sampleEvents(1));
    const [first] = await store.readLog(START, 1);
    expect(first?.position.number).toBeGreaterThan(START.number);
    const again = await store.readLog(START, 2);
    expect(again[0]).toEqual(first);
  });

  it('knows nothing of a shard that has no events', async () => {
    const { store } = underTest();
    expect(await store.head(9)).toEqual({ shard: 9, number: 0 });
    expect(await store.readLog({ shard: 9, number: 0 }, 10)).toEqual([]);
  });
}
