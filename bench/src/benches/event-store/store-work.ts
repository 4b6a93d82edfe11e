import { APPEND_EVENTS_MAX, type EventStore, type Position, type StreamWrite } from '@poinciana/event-sourcing';

/** How much a catch-up read takes at once. */
export const READ_PAGE = 5_000;

/** One importer: one call after the other, each over so many streams. */
export async function appendInBatches(
  store: EventStore,
  writes: readonly StreamWrite[],
  streams: number,
): Promise<void> {
  if (streams > APPEND_EVENTS_MAX) throw new RangeError('Larger than one append');
  for (let at = 0; at < writes.length; at += streams) {
    const outcomes = await store.append(writes.slice(at, at + streams));
    if (outcomes.some(({ outcome }) => outcome !== 'appended'))
      throw new Error('An append of the bench did not append');
  }
}

/** Callers that know nothing of each other, each appending one event after the other. */
export async function appendSingly(store: EventStore, writes: readonly StreamWrite[], callers: number): Promise<void> {
  const left = writes.values();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const write of left) {
        const [outcome] = await store.append([write]);
        if (outcome?.outcome !== 'appended') throw new Error('An append of the bench did not append');
      }
    }),
  );
}

/** Reads what came after a position, and makes sure that it is as much as was written. */
export async function readThrough(store: EventStore, from: Position, expected: number): Promise<void> {
  let count = 0;
  for (let after = from; ;) {
    const events = await store.readLog(after, READ_PAGE);
    const last = events.at(-1);
    if (last === undefined) break;
    for (const { data } of events) count += typeof data === 'object' ? 1 : 0;
    after = last.position;
  }
  if (count !== expected) throw new Error(`${count} events were read instead of ${expected}`);
}
