import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { LogTail, partitionOfKey } from '@poinciana/messaging';
import { LogWriter, until } from '@poinciana/messaging/conformance';
import type { Message } from 'kafkajs';
import { placeOf } from '../log-record.js';
import { InMemoryRelayCheckpoints } from './in-memory-relay-checkpoints.js';
import { logPublication } from './publication.js';
import { RELAY_BOUNDS, type RelayReport, type SendRecords } from './relay-bounds.js';
import { StaleRelayError } from './relay-checkpoints.js';
import { RelayTerm } from './relay-term.js';

const PARTITIONS = 4;
const LEASE_MS = 60_000;
const QUICK = { commitMs: 5, watermarkMs: 5, retryPauseMs: 1, retryPauseMaxMs: 2, refusedPauseMs: 2, renewMs: 10 };
const people = Array.from({ length: 40 }, (_, person) => person);

/** What the brokers hold of each partition, as the numbers of positions, and where a predecessor was missing. */
class Brokers {
  readonly events = Array.from({ length: PARTITIONS }, (): number[] => []);
  readonly watermarks = Array.from({ length: PARTITIONS }, () => 0);
  readonly withheld: number[] = [];
  readonly gaps: number[] = [];
  /** Decides whether a send fails, before it arrives or only after. */
  fault: (partition: number, records: readonly Message[]) => 'before' | 'after' | Error | undefined = () => undefined;

  readonly send: SendRecords = async (partition, records) => {
    await new Promise((resolve) => setImmediate(resolve));
    const fault = this.fault(partition, records);
    if (fault instanceof Error) throw fault;
    if (fault !== 'before') for (const record of records) this.keep(partition, record);
    if (fault !== undefined) throw new Error('the connection broke');
  };

  private keep(partition: number, { headers = {} }: Message): void {
    const place = placeOf({
      offset: '',
      headers: { 'poinciana-place': Buffer.from(String(headers['poinciana-place'])) },
    });
    const { number } = place.position;
    const own = this.events[partition] ?? [];
    if (place.previous > (own.at(-1) ?? 0)) this.gaps.push(number);
    if (place.kind === 'watermark') {
      this.watermarks[partition] = number;
      return;
    }
    if (place.kind === 'withheld') this.withheld.push(number);
    if (number > (own.at(-1) ?? 0)) own.push(number);
  }
}

let store: InMemoryEventStore;
let tail: LogTail;
let writer: LogWriter;
let brokers: Brokers;
let checkpoints: InMemoryRelayCheckpoints;
let stopping: AbortController;
let reports: RelayReport[];
beforeEach(() => {
  store = new InMemoryEventStore();
  tail = new LogTail(store);
  writer = new LogWriter(store);
  brokers = new Brokers();
  checkpoints = new InMemoryRelayCheckpoints();
  stopping = new AbortController();
  reports = [];
});
afterEach(() => tail.close());

async function term(owner: string, bounds = {}): Promise<RelayTerm> {
  const lease = await checkpoints.acquire('topic', PARTITIONS, owner, LEASE_MS);
  if (lease === undefined) throw new Error('Another relay has the lease');
  return new RelayTerm({
    publication: logPublication({ name: 'topic', partitionCount: PARTITIONS }),
    lease,
    leaseUntil: performance.now() + LEASE_MS,
    tail,
    checkpoints,
    bounds: { ...RELAY_BOUNDS, ...QUICK, ...bounds },
    send: brokers.send,
    report: (report) => reports.push(report),
    stopping: stopping.signal,
  });
}

async function untilPublished(): Promise<void> {
  const { number } = await store.head();
  await until('the relay is at the head', async () => (await checkpoints.progress('topic')).position.number === number);
}

/** The log's events of each partition, in its order. */
async function logOfPartitions(): Promise<readonly (readonly number[])[]> {
  const events = await store.readLog({ shard: 0, number: 0 }, 10_000);
  return brokers.events.map((_, partition) =>
    events.filter(({ key }) => partitionOfKey(key, PARTITIONS) === partition).map(({ position }) => position.number),
  );
}

test('sends that fail before and after they arrive leave each partition in the order of the log', async () => {
  const faults = [undefined, 'before', 'after', undefined, 'after', 'before'] as const;
  let sends = 0;
  brokers.fault = () => faults[sends++ % faults.length];
  const running = (await term('relay', { sendEventsMax: 7, queuedEventsMax: 30 })).run();
  await writer.writeRounds(5, people);
  await untilPublished();
  stopping.abort();
  await running;
  expect(brokers.events).toEqual(await logOfPartitions());
  expect(brokers.gaps).toEqual([]);
  expect(reports.filter(({ kind }) => kind === 'retry').length).toBeGreaterThan(0);
});

test('the next term goes on where the last was, and quiet partitions learn how far the log is', async () => {
  const first = (await term('relay')).run();
  await writer.writeRounds(1, people);
  await untilPublished();
  stopping.abort();
  await first;
  stopping = new AbortController();
  const before = brokers.events.map((own) => own.length);
  await writer.write('participant', [1]);
  const second = (await term('relay')).run();
  await untilPublished();
  const { number } = await store.head();
  await until('every quiet partition was told', () =>
    brokers.events.every((own, partition) => own.at(-1) === number || brokers.watermarks[partition] === number),
  );
  stopping.abort();
  await second;
  expect(brokers.events).toEqual(await logOfPartitions());
  expect(brokers.events.flatMap((own, partition) => own.slice(before[partition]))).toEqual([number]);
  expect(brokers.gaps).toEqual([]);
});

test('a relay whose lease was taken ends and sends nothing more', async () => {
  const zombie = await term('zombie');
  const ended = zombie.run().catch((error: unknown) => error);
  await writer.writeRounds(1, people);
  await untilPublished();
  await checkpoints.release('topic', 1);
  await checkpoints.acquire('topic', PARTITIONS, 'other', LEASE_MS);
  expect(await ended).toBeInstanceOf(StaleRelayError);
  const before = brokers.events.map((own) => own.length);
  await writer.writeRounds(1, people);
  await new Promise((resolve) => setImmediate(resolve));
  expect(brokers.events.map((own) => own.length)).toEqual(before);
});

test('an event that the brokers refuse for what it is is found and withheld; the others of its batch arrive', async () => {
  await writer.writeRounds(1, people);
  const [bad] = await writer.write('participant', [7], { text: 'refused' });
  await writer.writeRounds(1, people);
  brokers.fault = (_, records) =>
    records.some(({ value }) => String(value).includes('refused'))
      ? Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE', retriable: false })
      : undefined;
  const running = (await term('relay')).run();
  await untilPublished();
  stopping.abort();
  await running;
  expect(brokers.events).toEqual(await logOfPartitions());
  expect(brokers.withheld).toHaveLength(1);
  expect(reports.flatMap((report) => (report.kind === 'withheld' ? [report.event.eventId] : []))).toEqual([bad]);
  expect((await checkpoints.progress('topic')).withheld).toBe(1);
});

test('a relay that the brokers refuse altogether says so, skips nothing, and goes on when it is allowed to', async () => {
  let isAllowed = false;
  brokers.fault = () =>
    isAllowed ? undefined : Object.assign(new Error('no'), { type: 'TOPIC_AUTHORIZATION_FAILED', retriable: false });
  const running = (await term('relay')).run();
  await writer.writeRounds(1, people);
  await until('the refusal is reported', () => reports.some(({ kind }) => kind === 'refused'));
  expect((await checkpoints.progress('topic')).position.number).toBe(0);
  isAllowed = true;
  await untilPublished();
  stopping.abort();
  await running;
  expect(brokers.events).toEqual(await logOfPartitions());
  expect(brokers.withheld).toEqual([]);
});
