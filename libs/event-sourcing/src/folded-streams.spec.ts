import { describe, expect, test } from '@jest/globals';
import type { NewEvent } from './event.js';
import { type EventStore, NO_STREAM, type StreamTail } from './event-store.js';
import { FoldedStreams, type StreamFold } from './folded-streams.js';
import { InMemoryEventStore } from './in-memory/in-memory-event-store.js';
import { START } from './position.js';

const WORKSPACE = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const count: StreamFold<number> = { initialState: 0, evolve: (state) => state + 1 };

function streamOf(number: number): string {
  return `thing-7a1f7c1e-0b51-4b57-8a44-${String(number).padStart(12, '0')}`;
}

function event(number: number): NewEvent {
  const id = `8a1f7c1e-0b51-4b57-8a44-${String(number).padStart(12, '0')}`;
  const time = '2026-11-21T08:00:00.000Z';
  return {
    id,
    type: 'Happened',
    data: {},
    workspace: WORKSPACE,
    key: WORKSPACE,
    time,
    causation: id,
    correlation: id,
    actor: 'user:anna',
    hop: 0,
  };
}

/** A store that remembers which tails it was asked for. */
function watched(store: InMemoryEventStore): { readonly store: EventStore; readonly asked: StreamTail[][] } {
  const asked: StreamTail[][] = [];
  const watching = Object.create(store) as EventStore;
  watching.readTails = (tails, limit) => {
    asked.push([...tails]);
    return store.readTails(tails, limit);
  };
  return { store: watching, asked };
}

async function append(store: EventStore, stream: string, first: number, events: number): Promise<void> {
  const expectedRevision = first === 0 ? NO_STREAM : first - 1;
  const numbers = Array.from({ length: events }, (_, index) => first + index);
  await store.append([{ stream, expectedRevision, events: numbers.map(event) }]);
}

describe('folded streams', () => {
  test('are folded to their end, however long, and unknown ones have the initial state', async () => {
    const store = new InMemoryEventStore();
    await append(store, streamOf(1), 0, 2_500);
    const folded = new FoldedStreams(store, count);
    const read = await folded.read([streamOf(1), streamOf(2), streamOf(1)]);
    expect(read.get(streamOf(1))).toEqual({ state: 2_500, revision: 2_499, position: { shard: 0, number: 2_500 } });
    expect(read.get(streamOf(2))).toEqual({ state: 0, revision: NO_STREAM, position: START });
    expect(read.size).toBe(2);
  });

  test('are read on from where they were, and show what was appended since', async () => {
    const { store, asked } = watched(new InMemoryEventStore());
    await append(store, streamOf(1), 0, 3);
    const folded = new FoldedStreams(store, count);
    await folded.read([streamOf(1)]);
    await append(store, streamOf(1), 3, 2);
    expect((await folded.readOne(streamOf(1))).state).toBe(5);
    expect(asked).toEqual([
      [{ stream: streamOf(1), afterRevision: NO_STREAM }],
      [{ stream: streamOf(1), afterRevision: 2 }],
    ]);
  });

  test('are kept within their bound: what was not asked for the longest is folded again', async () => {
    const { store, asked } = watched(new InMemoryEventStore());
    for (const number of [1, 2, 3]) await append(store, streamOf(number), 0, 1);
    const folded = new FoldedStreams(store, count, 2);
    for (const number of [1, 2, 1, 3]) await folded.readOne(streamOf(number));
    expect((await folded.read([1, 2, 3].map(streamOf))).size).toBe(3);
    expect(asked.at(-1)?.map(({ afterRevision }) => afterRevision)).toEqual([0, NO_STREAM, 0]);
  });

  test('that are read twice at the same time do not fall back', async () => {
    const store = new InMemoryEventStore();
    await append(store, streamOf(1), 0, 1);
    const folded = new FoldedStreams(store, count);
    const early = folded.read([streamOf(1)]);
    await append(store, streamOf(1), 1, 1);
    await Promise.all([early, folded.read([streamOf(1)])]);
    expect((await folded.readOne(streamOf(1))).state).toBe(2);
  });

  test('that many ask for at once are read once for all who came meanwhile, who see what stood there when they asked', async () => {
    const { store, asked } = watched(new InMemoryEventStore());
    await append(store, streamOf(1), 0, 1);
    const folded = new FoldedStreams(store, count);
    const first = folded.readOne(streamOf(1));
    await append(store, streamOf(1), 1, 1);
    const others = Array.from({ length: 5 }, () => folded.readOne(streamOf(1)));
    await first;
    for (const { state } of await Promise.all(others)) expect(state).toBe(2);
    expect(asked).toHaveLength(2);
    await append(store, streamOf(1), 2, 1);
    expect((await folded.readOne(streamOf(1))).state).toBe(3);
  });

  test('that could not be read fail those who asked for that read, and nobody behind them', async () => {
    const { store } = watched(new InMemoryEventStore());
    await append(store, streamOf(1), 0, 1);
    const readTails = store.readTails.bind(store);
    const failing = ['the first time'];
    store.readTails = async (tails, limit) => {
      const time = failing.shift();
      if (time !== undefined) throw new Error(time);
      return readTails(tails, limit);
    };
    const folded = new FoldedStreams(store, count);
    const first = folded.readOne(streamOf(1));
    const second = folded.readOne(streamOf(1));
    await expect(first).rejects.toThrow('the first time');
    expect((await second).state).toBe(1);
  });
});
