import { expect, jest, test } from '@jest/globals';
import {
  type CheckedWrite,
  checkWrites,
  derivedId,
  NO_STREAM,
  sizesOf,
  streamName,
  withSizes,
} from '@poinciana/event-sourcing';
import { RECENT_EVENTS_MAX, RecentAppends } from './recent-appends.js';

/** One write of so many events to a stream of its own. */
function write(name: string, count: number): CheckedWrite {
  const id = derivedId(name);
  const events = Array.from({ length: count }, (_, at) => ({
    id: derivedId(name, at),
    type: 'Noted',
    workspace: id,
    key: id,
    time: '2026-03-01T09:00:00.000Z',
    causation: id,
    correlation: id,
    actor: 'service:spec',
    hop: 0,
    data: { name, at },
    personal: { secret: name },
  }));
  const [checked] = checkWrites([{ stream: streamName('note', id), expectedRevision: NO_STREAM, events }]);
  if (checked === undefined) throw new Error('A write was lost');
  return checked;
}

function numbersOf(recent: RecentAppends, after: number, limit = 100): readonly number[] {
  return recent.read(after, limit).events.map(({ position }) => position.number);
}

test('what was appended is found behind any place of it, up to the first gap and the limit', () => {
  const recent = new RecentAppends(0);
  recent.keep([{ write: write('c', 2), last: 12 }], 0);
  recent.keep(
    [
      { write: write('a', 2), last: 6 },
      { write: write('b', 1), last: 7 },
    ],
    0,
  );
  expect([3, 4, 5, 6, 7, 9, 10, 11, 12].map((after) => numbersOf(recent, after))).toEqual([
    [],
    [5, 6, 7],
    [6, 7],
    [7],
    [],
    [],
    [11, 12],
    [12],
    [],
  ]);
  expect(numbersOf(recent, 4, 2)).toEqual([5, 6]);
  recent.keep([{ write: write('d', 3), last: 10 }], 0);
  expect(numbersOf(recent, 4)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
});

test('an event is as the log holds it, and so is its size', () => {
  const recent = new RecentAppends(0);
  const written = write('a', 2);
  recent.keep([{ write: written, last: 2 }], 0);
  const { events, sizes, characters } = recent.read(0, 10);
  expect(events).toEqual(
    written.events.map(({ event }, at) => ({
      ...event,
      stream: written.stream,
      revision: at,
      position: { shard: 0, number: at + 1 },
    })),
  );
  expect(sizes).toEqual(written.events.map(({ data, personal = '' }) => data.length + personal.length));
  expect(characters).toBe(sizes.reduce((sum, size) => sum + size, 0));
  expect(sizesOf(withSizes(events, sizes))).toBe(sizes);
});

test('a redaction takes all of it away, and what was under way meanwhile is not kept', () => {
  const recent = new RecentAppends(0);
  const { generation } = recent;
  recent.keep([{ write: write('a', 1), last: 1 }], generation);
  recent.forget();
  recent.keep([{ write: write('b', 1), last: 2 }], generation);
  expect(numbersOf(recent, 0)).toEqual([]);
  expect(numbersOf(recent, 1)).toEqual([]);
  recent.keep([{ write: write('c', 1), last: 3 }], recent.generation);
  expect(numbersOf(recent, 2)).toEqual([3]);
});

test('only so many are kept, the newest', () => {
  const recent = new RecentAppends(0);
  const part = RECENT_EVENTS_MAX / 10;
  for (let run = 1; run <= 12; run += 1) recent.keep([{ write: write(`run ${run}`, part), last: run * part }], 0);
  expect(numbersOf(recent, part)).toEqual([]);
  expect(numbersOf(recent, 2 * part, 1)).toEqual([2 * part + 1]);
});

test('what nobody reads is dropped when its time is over', () => {
  jest.useFakeTimers();
  try {
    const recent = new RecentAppends(0);
    recent.keep([{ write: write('a', 1), last: 1 }], 0);
    jest.advanceTimersByTime(20_000);
    recent.keep([{ write: write('b', 1), last: 2 }], 0);
    jest.advanceTimersByTime(10_000);
    expect(recent.isEmpty).toBe(false);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(20_000);
    expect(recent.isEmpty).toBe(true);
    recent.keep([{ write: write('c', 1), last: 3 }], 0);
    recent.forget();
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});
