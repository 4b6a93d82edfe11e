import { beforeEach, expect, test } from '@jest/globals';
import { InMemoryEventStore, START, TransientError, type StoredEvent } from '@poinciana/event-sourcing';
import {
  BatchProcessor,
  type EventBatch,
  InMemoryCheckpointStore,
  InMemoryGroups,
  type InMemoryTransaction,
  partitionOfKey,
  StaleMemberError,
} from '@poinciana/messaging';
import { LogWriter, QUICK_PROCESSING } from '@poinciana/messaging/conformance';
import type { KafkaMessage } from 'kafkajs';
import { eventRecord } from '../log-record.js';
import { ClaimedAssignment } from './claimed-assignment.js';

const GROUP = 'test.assignment';
const PARTITIONS = 4;
const PEOPLE = Array.from({ length: 40 }, (_, person) => person);
const ALL = Array.from({ length: PARTITIONS }, (_, partition) => partition);

let store: InMemoryEventStore;
let groups: InMemoryGroups;
let checkpoints: InMemoryCheckpointStore;
let log: readonly StoredEvent[];
let records: ReadonlyMap<number, readonly KafkaMessage[]>;
/** The numbers in the log of each batch that was handled. */
let handled: (readonly number[])[];
/** Decides what becomes of a batch; by default it goes well. */
let meet: (events: readonly StoredEvent[]) => void;
let isToStop: () => boolean;
let told: string[];

beforeEach(async () => {
  store = new InMemoryEventStore();
  groups = new InMemoryGroups();
  checkpoints = new InMemoryCheckpointStore(groups);
  await checkpoints.open(GROUP, PARTITIONS);
  const writer = new LogWriter(store);
  for (let round = 0; round < 2; round += 1) await writer.write('participant', PEOPLE);
  log = await store.readLog(START, 1_000);
  records = new Map(ALL.map((partition) => [partition, recordsOf(partition)]));
  [handled, told] = [[], []];
  meet = () => undefined;
  isToStop = () => false;
});

function recordsOf(partition: number): readonly KafkaMessage[] {
  const own = log.filter(({ key }) => partitionOfKey(key, PARTITIONS) === partition);
  return own.map((event, offset) => {
    const { key = null, value, headers = {} } = eventRecord(event, own[offset - 1]?.position.number ?? 0, partition);
    const asRead = Object.entries(headers).map(([name, text]) => [name, Buffer.from(String(text))]);
    return {
      key: key === null ? null : Buffer.from(key),
      value: Buffer.from(String(value)),
      headers: Object.fromEntries(asRead),
      offset: String(offset),
      timestamp: '0',
      attributes: 0,
    };
  });
}

async function claimed(eventsMax = 1_000): Promise<ClaimedAssignment<InMemoryTransaction>> {
  const fences = await checkpoints.take(GROUP, ALL);
  const stored = await checkpoints.load(GROUP, ALL);
  const starts = stored.flatMap((checkpoint) => {
    const fence = fences.find(({ partition }) => partition === checkpoint.partition);
    return fence === undefined ? [] : [{ fence, checkpoint, offset: Number(checkpoint.cursor ?? 0) }];
  });
  const handle = async ({ events }: EventBatch) => {
    meet(events);
    handled.push(events.map(({ position }) => position.number));
    return undefined;
  };
  return new ClaimedAssignment(starts, {
    group: GROUP,
    partitionCount: PARTITIONS,
    checkpoints,
    store,
    categories: new Set(['participant']),
    eventsMax,
    bytesMax: 1_000_000,
    processorOf: (claims) =>
      new BatchProcessor({
        group: { name: GROUP, categories: ['participant'], handle },
        checkpoints,
        claims,
        bounds: QUICK_PROCESSING,
        report: () => undefined,
        atStep: () => undefined,
        stopping: new AbortController().signal,
      }),
    reportForeign: () => undefined,
    isWorkable: () => true,
    isToStop: () => isToStop(),
    wentWell: () => undefined,
    tripped: (claims) => void told.push(`tripped ${claims.length}`),
    met: (claims, error) => void told.push(`met ${claims.length}: ${String(error)}`),
  });
}

/** As a fetch brings them: all partitions at once. */
async function readAll(assignment: ClaimedAssignment<InMemoryTransaction>): Promise<void> {
  const claims = [...assignment.partitions.values()];
  await Promise.all(claims.map((claim) => assignment.read(claim, records.get(claim.partition) ?? [])));
}

async function cursors(): Promise<readonly number[]> {
  return (await checkpoints.load(GROUP, ALL)).map(({ cursor }) => Number(cursor ?? 0));
}

const ends = () => ALL.map((partition) => records.get(partition)?.length ?? 0);
const numbers = () => log.map(({ position }) => position.number);

test('what a fetch brought of several partitions is one batch, in the order of the log', async () => {
  await readAll(await claimed());
  expect(handled).toEqual([numbers()]);
  expect(await cursors()).toEqual(ends());
});

test('batches keep to their bound, and each is committed by itself', async () => {
  const seen: (readonly number[])[] = [];
  const assignment = await claimed(30);
  meet = () => void seen.push([...assignment.partitions.values()].map(({ offset }) => offset));
  await readAll(assignment);
  expect(handled.map(({ length }) => length)).toEqual([30, 30, 20]);
  expect(handled.flat().sort((one, other) => one - other)).toEqual(numbers());
  expect(seen.map((offsets) => offsets.reduce((sum, offset) => sum + offset, 0))).toEqual([0, 30, 60]);
});

test('one bad event is a dead letter, and nobody in another partition waits for it', async () => {
  const bad = log[7];
  meet = (events) => {
    if (events.some(({ id }) => id === bad?.id)) throw new TypeError('a value of the event');
  };
  await readAll(await claimed());
  const letters = await checkpoints.deadLetters(GROUP, START, 10);
  const parked = log.filter(({ key }) => key === bad?.key).map(({ position }) => position.number);
  expect(letters.map(({ position }) => position.number)).toEqual(parked);
  expect(handled.flat().sort((one, other) => one - other)).toEqual(numbers().filter((one) => !parked.includes(one)));
  expect(await cursors()).toEqual(ends());
});

test('while something outside is away nothing moves, and all comes again', async () => {
  const assignment = await claimed();
  meet = () => {
    throw new TransientError('away');
  };
  await readAll(assignment);
  expect(told).toEqual([`tripped ${PARTITIONS}`]);
  await assignment.moveIdle();
  expect(await cursors()).toEqual([0, 0, 0, 0]);
  meet = () => undefined;
  await readAll(assignment);
  expect(handled).toEqual([numbers()]);
});

test('who has lost a partition commits nothing of the others either', async () => {
  const assignment = await claimed();
  await checkpoints.take(GROUP, [2]);
  await readAll(assignment);
  expect(told).toEqual([expect.stringMatching(/^met 4: StaleMemberError/)]);
  expect(await cursors()).toEqual([0, 0, 0, 0]);
});

test('who is told of nothing new finds out that a crash of the database took back what was committed', async () => {
  const assignment = await claimed();
  await readAll(assignment);
  await expect(assignment.lookBack()).resolves.toBeUndefined();
  groups.partitionOf(GROUP, 2).position = START;
  await expect(assignment.lookBack()).rejects.toThrow(StaleMemberError);
});

test('who is to stop ends behind the batch in hand, and the next goes on there', async () => {
  const first = await claimed(30);
  isToStop = () => handled.length === 1;
  await readAll(first);
  expect(handled).toHaveLength(1);
  isToStop = () => false;
  await readAll(await claimed());
  expect(handled.flat().sort((one, other) => one - other)).toEqual(numbers());
});

test('what comes while a batch is in hand is handled together behind it', async () => {
  const assignment = await claimed();
  const [one, ...others] = [...assignment.partitions.values()];
  if (one === undefined) throw new Error('Nothing was claimed');
  let isSecondRead: Promise<unknown> | undefined;
  meet = () => {
    isSecondRead ??= Promise.all(others.map((claim) => assignment.read(claim, records.get(claim.partition) ?? [])));
  };
  await assignment.read(one, records.get(one.partition) ?? []);
  await isSecondRead;
  expect(handled).toHaveLength(2);
  expect(handled.flat().sort((a, b) => a - b)).toEqual(numbers());
});

test('what nobody wants moves the checkpoints of all partitions in one commit', async () => {
  const others = await claimed();
  const commit = checkpoints.commit.bind(checkpoints);
  let commits = 0;
  checkpoints.commit = (part) => {
    commits += 1;
    return commit(part);
  };
  for (const claim of others.partitions.values())
    for (const record of records.get(claim.partition) ?? []) claim.advance(claim.placeOf(record), record);
  await others.moveIdle();
  await others.moveIdle();
  expect(commits).toBe(1);
  expect(await cursors()).toEqual(ends());
});
