import { beforeEach, expect, test } from '@jest/globals';
import { TransientError } from '@poinciana/event-sourcing';
import { StaleMemberError } from '@poinciana/messaging';
import { InMemoryRecordCheckpoints } from './in-memory-record-checkpoints.js';
import { PartitionReading } from './partition-reading.js';
import type { ForeignRecord, RecordBatch } from './record-batch.js';
import { RECORD_BOUNDS, type RecordReport } from './record-bounds.js';

const QUICK = { errorPauseMs: 1, errorPauseMaxMs: 2, eventsMax: 4 };

let checkpoints: InMemoryRecordCheckpoints;
let handled: RecordBatch[];
let reports: RecordReport[];
let stopping: AbortController;
/** Decides what becomes of a batch; by default it goes well. */
let meet: (batch: RecordBatch) => void;
beforeEach(() => {
  checkpoints = new InMemoryRecordCheckpoints();
  handled = [];
  reports = [];
  stopping = new AbortController();
  meet = () => undefined;
});

function record(offset: number): ForeignRecord {
  return { offset, key: null, value: Buffer.from('x'), headers: {}, timestamp: 0 };
}

function records(from: number, through: number): readonly ForeignRecord[] {
  return Array.from({ length: through - from }, (_, index) => record(from + index));
}

async function reading(): Promise<PartitionReading> {
  return new PartitionReading(0, await checkpoints.claim('topic', 0), {
    topic: 'topic',
    checkpoints,
    bounds: { ...RECORD_BOUNDS, ...QUICK },
    handle: async (batch) => {
      meet(batch);
      handled.push(batch);
      return [];
    },
    report: (report) => reports.push(report),
    stopping: stopping.signal,
  });
}

function cuts(): readonly (readonly [number, number, boolean])[] {
  return handled.map(({ records: own, mayBeRepeated }) => [own[0]?.offset ?? -1, own.length, mayBeRepeated]);
}

const always = () => true;

test('its lag is what the partition has behind what is done', async () => {
  const own = await reading();
  own.sawEnd(9);
  own.take(records(0, 6), 6);
  expect(own.lag).toBe(9);
  await own.work(always);
  expect(own.lag).toBe(3);
});

test('records are cut into batches, in their order, each once', async () => {
  const own = await reading();
  own.take(records(0, 6), 6);
  expect(await own.work(always)).toBe(true);
  own.take(records(3, 9), 9);
  await own.work(always);
  expect(cuts()).toEqual([
    [0, 4, false],
    [4, 2, false],
    [6, 3, false],
  ]);
  expect(await checkpoints.claim('topic', 0)).toMatchObject({ next: 9, begunThrough: 9 });
});

test('a batch that was begun is cut where it was, however the records come', async () => {
  const first = await reading();
  meet = () => {
    throw new StaleMemberError('away');
  };
  first.take(records(0, 3), 3);
  await expect(first.work(always)).rejects.toThrow(StaleMemberError);
  meet = () => undefined;
  const second = await reading();
  second.take(records(0, 2), 2);
  await second.work(always);
  expect(handled).toEqual([]);
  second.take(records(2, 9), 9);
  await second.work(always);
  expect(cuts()).toEqual([
    [0, 3, true],
    [3, 4, false],
    [7, 2, false],
  ]);
});

test('records of a begun batch that the brokers no longer have do not hold it up', async () => {
  const { fence } = await checkpoints.claim('topic', 0);
  await checkpoints.begin('topic', 0, fence, 3);
  const own = await reading();
  own.take([record(0), record(5)], 6);
  await own.work(always);
  expect(cuts()).toEqual([
    [0, 1, true],
    [5, 1, false],
  ]);
});

test('what is away for now is tried until it is back', async () => {
  let tries = 0;
  meet = () => {
    tries += 1;
    if (tries < 4) throw new TransientError('away');
  };
  const own = await reading();
  own.take(records(0, 2), 2);
  await own.work(always);
  expect(cuts()).toEqual([[0, 2, true]]);
  expect(reports.filter(({ kind }) => kind === 'retry')).toHaveLength(3);
});

test('a bug in one record makes it a dead letter and holds nobody else up', async () => {
  meet = ({ records: own }) => {
    if (own.some(({ offset }) => offset === 1)) throw new TypeError('a value of the record');
  };
  const own = await reading();
  own.take(records(0, 4), 4);
  await own.work(always);
  expect(cuts()).toEqual([
    [0, 1, true],
    [2, 1, true],
    [3, 1, true],
  ]);
  expect(checkpoints.deadLettersOf('topic')).toEqual(['0/1 TypeError']);
  expect(JSON.stringify(reports.filter(({ kind }) => kind === 'dead'))).not.toContain('a value of the record');
  expect(await checkpoints.claim('topic', 0)).toMatchObject({ next: 4, begunThrough: 4 });
});

test('whoever reads on after a divided batch knows that all of it was begun', async () => {
  const first = await reading();
  meet = ({ records: own }) => {
    if (own.length > 1) throw new TypeError('a bug, after some were written');
    if (own[0]?.offset === 1) throw new StaleMemberError('away');
  };
  first.take(records(0, 4), 4);
  await expect(first.work(always)).rejects.toThrow(StaleMemberError);
  meet = () => undefined;
  const second = await reading();
  second.take(records(0, 6), 6);
  await second.work(always);
  expect(cuts()).toEqual([
    [0, 1, true],
    [1, 3, true],
    [4, 2, false],
  ]);
});

test('a reading that stops leaves the batch to whoever reads on', async () => {
  meet = () => {
    stopping.abort();
    throw new TransientError('away');
  };
  const own = await reading();
  own.take(records(0, 2), 2);
  await expect(own.work(always)).rejects.toThrow('stops');
  expect(await checkpoints.claim('topic', 0)).toMatchObject({ next: 0, begunThrough: 2 });
});

test('a reading that may not go on stops between batches', async () => {
  const own = await reading();
  own.take(records(0, 8), 8);
  expect(await own.work(() => handled.length === 0)).toBe(false);
  expect(cuts()).toEqual([[0, 4, false]]);
  expect(await own.work(always)).toBe(true);
  expect(cuts()).toHaveLength(2);
});
