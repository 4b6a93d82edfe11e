import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type EventStore,
  NO_STREAM,
  type Position,
  START,
  type StoredEvent,
  type StreamWrite,
} from '@poinciana/event-sourcing';
import { newStream, sampleEvent } from '@poinciana/event-sourcing/conformance';
import { type LogDatabase, startLogDatabase } from './postgres-store.js';

const EVENTS = 200_000;
const WRITERS = 8;
const READERS = 3;
/** Streams a call, in turn: small and large appends meet each other. */
const CALL_SIZES = [1, 700, 40, 2_500, 7, 250];
/** Events of one write, in turn. */
const WRITE_SIZES = [1, 1, 2, 1, 3];
/** How long a reader waits when there is nothing, and how often in a row before the writers must be stuck. */
const POLL_MS = 10;
const EMPTY_READS_MAX = 6_000;

let database: LogDatabase;

beforeAll(async () => {
  database = await startLogDatabase();
});
afterAll(() => database.stop());

/** Makes the writes of one writer: new streams, and further events for those it wrote just before. */
class Writing {
  private readonly template = sampleEvent();
  private written: StreamWrite[] = [];
  private made = 0;
  private left: number;

  constructor(
    private readonly writer: number,
    events: number,
  ) {
    this.left = events;
  }

  /** The next call, `undefined` when all is written. */
  next(): readonly StreamWrite[] | undefined {
    if (this.left === 0) return undefined;
    const streams = CALL_SIZES[this.made % CALL_SIZES.length] ?? 1;
    const continued = this.made % 2 === 1 ? this.written.slice(0, streams) : [];
    this.made += 1;
    const writes: StreamWrite[] = [];
    for (let index = 0; index < streams && this.left > 0; index += 1) writes.push(this.write(continued[index], index));
    this.written = writes;
    return writes;
  }

  private write(before: StreamWrite | undefined, index: number): StreamWrite {
    const count = Math.min(this.left, WRITE_SIZES[index % WRITE_SIZES.length] ?? 1);
    const events = Array.from({ length: count }, (_, at) => ({
      ...this.template,
      data: { writer: this.writer, number: this.left - at },
    }));
    this.left -= count;
    if (before === undefined) return { stream: newStream(), expectedRevision: NO_STREAM, events };
    return { stream: before.stream, expectedRevision: before.expectedRevision + before.events.length, events };
  }
}

async function write(store: EventStore, writing: Writing): Promise<void> {
  for (let writes = writing.next(); writes !== undefined; writes = writing.next()) {
    const outcomes = await store.append(writes);
    expect(outcomes.every(({ outcome }) => outcome === 'appended')).toBe(true);
  }
}

/** What a reader has seen, checked event by event as it arrives. */
class Reading {
  count = 0;
  /** What was wrong; only the first faults, or there would be no end of them. */
  readonly faults: string[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly numbers = new Map<unknown, number>();

  see(event: StoredEvent): void {
    this.count += 1;
    this.hold(event.position.number === this.count, `position ${event.position.number} after ${this.count - 1}`);
    const revision = this.revisions.get(event.stream) ?? NO_STREAM;
    this.hold(event.revision === revision + 1, `revision ${event.revision} after ${revision} of ${event.stream}`);
    this.revisions.set(event.stream, event.revision);
    const { writer, number } = event.data as { writer: number; number: number };
    const expected = this.numbers.get(writer) ?? EVENTS / WRITERS;
    this.hold(number === expected, `number ${number} instead of ${expected} of writer ${writer}`);
    this.numbers.set(writer, number - 1);
  }

  private hold(holds: boolean, fault: string): void {
    if (!holds && this.faults.length < 10) this.faults.push(fault);
  }
}

async function read(store: EventStore, page: number): Promise<Reading> {
  const reading = new Reading();
  let after: Position = START;
  for (let empty = 0; reading.count < EVENTS && empty < EMPTY_READS_MAX;) {
    const events = await store.readLog(after, page);
    for (const event of events) reading.see(event);
    after = events.at(-1)?.position ?? after;
    empty = events.length === 0 ? empty + 1 : 0;
    if (empty > 0) await setTimeout(POLL_MS);
  }
  return reading;
}

describe('the event log under stress', () => {
  it(`shows ${READERS} readers every one of ${EVENTS} events of ${WRITERS} writers once and in order, while they are written`, async () => {
    const reading = [500, 3_000, 10_000].map((page) => read(database.enter(), page));
    const writing = Array.from({ length: WRITERS }, (_, writer) =>
      write(database.enter(), new Writing(writer, EVENTS / WRITERS)),
    );
    await Promise.all(writing);
    const seen = await Promise.all(reading);
    expect(seen.map(({ faults }) => faults)).toEqual([[], [], []]);
    expect(seen.map(({ count }) => count)).toEqual([EVENTS, EVENTS, EVENTS]);
    expect(await database.enter().head()).toEqual({ shard: 0, number: EVENTS });
  });
});
