import { setTimeout as pause } from 'node:timers/promises';
import { asTransient, binaryArray } from '@poinciana/database';
import {
  type AppendOutcome,
  categoryOf,
  checkLimit,
  checkStreams,
  checkWrites,
  type EventStore,
  type Position,
  READ_EVENTS_MAX,
  READ_LOG_CHARACTERS_MAX,
  START,
  type StoredEvent,
  streamIdOf,
  type StreamTail,
  type StreamWrite,
  withSizes,
} from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { AppendCall } from './append-call.js';
import { AppendQueue } from './append-queue.js';
import { RecentAppends, type RecentPage } from './recent-appends.js';
import { charactersOf, EVENT_COLUMNS, queryRows, storedEvents } from './stored-rows.js';
import { StreamCategories } from './stream-categories.js';

/** Two: while one waits for the disk, the next is being encoded and sent. The lock lets only one write at a time. */
const CALLS_MAX = 2;

const READ_LOG = `SELECT ${EVENT_COLUMNS}
  FROM (
    SELECT o.*, sum(o.size) OVER (ORDER BY o.position ROWS UNBOUNDED PRECEDING) - o.size AS before
    FROM event_log.events o WHERE o.shard = $1 AND o.position > $2 ORDER BY o.position LIMIT $3
  ) e WHERE e.before < $4 ORDER BY e.position`;

const READ_TAILS = `SELECT ${EVENT_COLUMNS}
  FROM unnest($1::uuid[], $2::smallint[], $3::integer[]) WITH ORDINALITY AS w (stream, category, after, number)
  CROSS JOIN LATERAL (
    SELECT * FROM event_log.events o
    WHERE o.stream = w.stream AND o.category = w.category AND o.revision > w.after ORDER BY o.revision LIMIT $4
  ) e ORDER BY w.number, e.revision`;

const READ_LAST = `SELECT ${EVENT_COLUMNS}, w.number
  FROM unnest($1::uuid[], $2::smallint[]) WITH ORDINALITY AS w (stream, category, number)
  CROSS JOIN LATERAL (
    SELECT * FROM event_log.events o
    WHERE o.stream = w.stream AND o.category = w.category ORDER BY o.revision DESC LIMIT 1
  ) e`;

const HEAD = 'SELECT max(position) AS number FROM event_log.events WHERE shard = $1';

const REDACT = `UPDATE event_log.events e SET personal = NULL
  FROM (SELECT DISTINCT * FROM unnest($1::uuid[], $2::smallint[])) AS w (stream, category)
  WHERE e.stream = w.stream AND e.category = w.category AND e.personal IS NOT NULL`;

const NOTHING = { events: [], sizes: [], characters: 0, isWhole: false };
/** How long a reader waits for an append of the same process that is under way. */
const APPEND_WAIT_MS = 100;

export interface PostgresEventStoreSettings {
  /** Made by `createPool`, whose time zone and time-outs the log relies on. At least 3 connections, or appends wait for reads. */
  readonly pool: Pool;
}

/** The log in one PostgreSQL table. Its schema is brought up to date by `applyEventLogMigrations`. */
export class PostgresEventStore implements EventStore {
  private readonly pool: Pool;
  private readonly categories: StreamCategories;
  private readonly queue: AppendQueue;
  private readonly recent = new RecentAppends(START.shard);
  private readonly listeners = new Set<() => void>();

  constructor({ pool }: PostgresEventStoreSettings) {
    this.pool = pool;
    this.categories = new StreamCategories(pool);
    const call = new AppendCall(pool, this.categories, START.shard, this.recent);
    this.queue = new AppendQueue((writes) => transiently(call.run(writes)), CALLS_MAX);
  }

  async append(writes: readonly StreamWrite[]): Promise<readonly AppendOutcome[]> {
    const checked = checkWrites(writes);
    if (checked.length === 0) return [];
    const outcomes = await this.queue.add(checked);
    if (outcomes.some(({ outcome }) => outcome === 'appended'))
      this.listeners.forEach((listener) => queueMicrotask(listener));
    return outcomes;
  }

  async readTails(tails: readonly StreamTail[], limit = READ_EVENTS_MAX): Promise<readonly StoredEvent[]> {
    checkLimit(limit);
    const streams = tails.map(({ stream }) => stream);
    checkStreams(streams);
    if (streams.length === 0) return [];
    return transiently(
      this.named(streams).then(async (named) => {
        const after = binaryArray.int4(tails.map(({ afterRevision }) => afterRevision));
        const rows = await queryRows(this.pool, 'event_log.read_tails', READ_TAILS, [...named, after, limit]);
        return storedEvents(rows, START.shard, this.categories);
      }),
    );
  }

  async readLast(streams: readonly string[]): Promise<readonly (StoredEvent | undefined)[]> {
    checkStreams(streams);
    if (streams.length === 0) return [];
    return transiently(
      this.named(streams).then(async (named) => {
        const rows = await queryRows(this.pool, 'event_log.read_last', READ_LAST, named);
        const events = await storedEvents(rows, START.shard, this.categories);
        const byNumber = new Map(rows.map(({ 15: number }, index) => [Number(number), events[index]]));
        return streams.map((_, index) => byNumber.get(index + 1));
      }),
    );
  }

  async readLog(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    checkLimit(limit);
    const own = after.shard === START.shard ? await this.readOwn(after.number, limit) : NOTHING;
    if (own.isWhole) return withSizes(own.events, own.sizes);
    // Others may have appended behind it: a page that is short for another reason than its size would look like the log's end.
    const rows = await transiently(
      queryRows(this.pool, 'event_log.read_log', READ_LOG, [
        after.shard,
        after.number + own.events.length,
        limit - own.events.length,
        READ_LOG_CHARACTERS_MAX - own.characters,
      ]),
    );
    const others = await transiently(storedEvents(rows, after.shard, this.categories));
    return withSizes([...own.events, ...others], [...own.sizes, ...rows.map(charactersOf)]);
  }

  /** What is known here behind a place: the whole answer where the page is full or nothing stands behind it. */
  private async readOwn(after: number, limit: number): Promise<RecentPage & { readonly isWhole: boolean }> {
    const known = this.recent.read(after, limit);
    if (isFull(known, limit)) return { ...known, isWhole: true };
    if (this.recent.isEmpty) return { ...known, isWhole: false };
    const { number: head } = await this.head();
    if (head <= after + known.events.length) return { ...known, isWhole: true };
    // The database shows what this process appends a moment before it has answered so: it would be fetched for nothing.
    await Promise.race([this.queue.answered(), pause(APPEND_WAIT_MS, undefined, { ref: false })]);
    const own = this.recent.read(after, limit);
    return { ...own, isWhole: isFull(own, limit) || head <= after + own.events.length };
  }

  async head(shard = START.shard): Promise<Position> {
    const { rows } = await transiently(
      this.pool.query<{ number: string | null }>({ name: 'event_log.head', text: HEAD, values: [shard] }),
    );
    return { shard, number: Number(rows[0]?.number ?? START.number) };
  }

  async redact(streams: readonly string[]): Promise<number> {
    checkStreams(streams);
    if (streams.length === 0) return 0;
    this.recent.forget();
    const { rowCount } = await transiently(
      this.named(streams).then((named) =>
        this.pool.query({ name: 'event_log.redact', text: REDACT, values: [...named] }),
      ),
    );
    // Once more: what was appended and answered while it ran may still hold what it took out.
    this.recent.forget();
    return rowCount ?? 0;
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Streams as the log names them: their ids, and the codes of their categories. */
  private async named(streams: readonly string[]): Promise<readonly [ids: Buffer, categories: Buffer]> {
    const categories = streams.map(categoryOf);
    const codeOf = await this.categories.toRead(categories);
    return [binaryArray.uuid(streams.map(streamIdOf)), binaryArray.int2(categories.map(codeOf))];
  }
}

function isFull({ events, characters }: RecentPage, limit: number): boolean {
  return events.length >= limit || characters >= READ_LOG_CHARACTERS_MAX;
}

/** What the driver says about a database that is away becomes a `TransientError`. */
async function transiently<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw asTransient(error);
  }
}
