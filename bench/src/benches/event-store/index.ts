import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@poinciana/database';
import { startEmbeddedDatabase } from '@poinciana/embedded-database';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import type { Pool } from 'pg';
import { type Bench, type BenchResult, type BenchSettings, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { copyInto, copyText, newCopyTable } from './copy-baseline.js';
import { sampleWrites } from './sample-writes.js';
import { appendInBatches, appendSingly, readThrough } from './store-work.js';

const ROUNDS = 5;
const CONNECTIONS = 4;
/** Sizes of a batch, in streams of one event each. */
const BATCHES = [1_000, 5_000] as const;
/** Callers of single appends, and how many appends each makes a round. */
const CALLERS = [
  { callers: 1, appendsEach: 500 },
  { callers: 32, appendsEach: 200 },
  { callers: 256, appendsEach: 100 },
] as const;

/**
 * Where the targets come from. The design's measurements found 119,000 events/s for batched appends and 789,000 rows/s for a COPY
 * into a table without an index: a ratio of 0.15, of which 0.6 must be reached. That COPY was of the rows of a file, which are
 * narrower than events (about 600 bytes here), so the target is on the easy side; there is no figure for a COPY of events.
 */
const TARGETS = { batchedToCopy: Number((0.6 * (119_000 / 789_000)).toFixed(2)), readToAppend: 1, manyToOneCaller: 10 };

/** Everything of one round, interleaved so that a slow moment of the machine falls on all of it. */
interface Round {
  readonly copy: number;
  readonly batches: readonly number[];
  readonly read: number;
  readonly singles: readonly number[];
}

export const bench: Bench = {
  description:
    'appends and catch-up reads of the event log on PostgreSQL, against COPY into an unindexed table; a row is an event',
  rows: 100_000,
  run: runOnOwnDatabase,
};

async function runOnOwnDatabase(settings: BenchSettings): Promise<readonly BenchResult[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'poinciana-bench-'));
  const database = await startEmbeddedDatabase({ dataFolder });
  try {
    const pool = createPool({
      url: database.url,
      schema: EVENT_LOG_SCHEMA,
      max: CONNECTIONS,
      applicationName: 'bench',
    });
    try {
      await applyEventLogMigrations(pool);
      return await measure(pool, settings);
    } finally {
      await pool.end();
    }
  } finally {
    await database.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function measure(pool: Pool, { rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  const store = new PostgresEventStore({ pool });
  await durable(pool);
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured = await measureRound(pool, store, rows, String(round));
    note(round === 0 ? 'warmed up' : `round ${round} of ${ROUNDS}: ${describe(measured)}`);
    if (round > 0) rounds.push(measured);
  }
  return results(rounds);
}

/** A figure without a commit on the disk would say nothing. */
async function durable(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ durable: boolean }>(
    `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') = 'on' AS durable`,
  );
  if (rows[0]?.durable !== true) throw new Error('fsync or synchronous_commit is off');
}

async function measureRound(pool: Pool, store: PostgresEventStore, rows: number, round: string): Promise<Round> {
  const text = copyText(sampleWrites(rows, `${round}:copy`));
  await newCopyTable(pool);
  await pool.query('CHECKPOINT');
  const copy = await rateOf(rows, () => copyInto(pool, text));
  const before = await store.head();
  const batches: number[] = [];
  for (const streams of BATCHES) {
    const writes = sampleWrites(rows, `${round}:${streams}`);
    batches.push(await rateOf(rows, () => appendInBatches(store, writes, streams)));
  }
  // Another process would read: one that remembers nothing of what was appended here.
  const reader = new PostgresEventStore({ pool });
  const read = await rateOf(rows * BATCHES.length, () => readThrough(reader, before, rows * BATCHES.length));
  const singles: number[] = [];
  for (const { callers, appendsEach } of CALLERS) {
    const writes = sampleWrites(callers * appendsEach, `${round}:callers:${callers}`);
    singles.push(await rateOf(writes.length, () => appendSingly(store, writes, callers)));
  }
  return { copy, batches, read, singles };
}

function results(rounds: readonly Round[]): readonly BenchResult[] {
  const copies = rounds.map(({ copy }) => copy);
  const batched = BATCHES.map((_, index) => rounds.map(({ batches }) => batches[index] ?? 0));
  const singles = CALLERS.map((_, index) => rounds.map((round) => round.singles[index] ?? 0));
  const [one = []] = singles;
  const fastest = rounds.map(({ batches }) => Math.max(...batches));
  return [
    ...BATCHES.map((streams, index) =>
      result(
        `append, ${streams} streams a call, to COPY`,
        'events/s',
        batched[index] ?? [],
        copies,
        TARGETS.batchedToCopy,
      ),
    ),
    result(
      'catch-up read, to the fastest append',
      'events/s',
      rounds.map(({ read }) => read),
      fastest,
      TARGETS.readToAppend,
    ),
    ...CALLERS.slice(1).map(({ callers }, index) =>
      result(
        `single appends, ${callers} callers, to one`,
        'events/s',
        singles[index + 1] ?? [],
        one,
        callers === 256 ? TARGETS.manyToOneCaller : null,
      ),
    ),
  ];
}

function describe({ copy, batches, read, singles }: Round): string {
  const figures = [copy, ...batches, read, ...singles].map((rate) => Math.round(rate).toLocaleString('en'));
  return `COPY, append by ${BATCHES.join(' and ')}, read, ${CALLERS.map(({ callers }) => callers).join(', ')} callers: ${figures.join(', ')} events/s`;
}
