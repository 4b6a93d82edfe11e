import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type EmbeddedDatabase, removeDataPlace, startEmbeddedDatabase } from '@poinciana/embedded-database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { type CheckpointCommit, type EventBatch, type Fence, StaleMemberError } from '@poinciana/messaging';
import { LogWriter, QUICK_MEMBERSHIP, until } from '@poinciana/messaging/conformance';
import { LogEventBus } from '@poinciana/messaging-log';
import type { Pool, PoolClient } from 'pg';
import { PostgresCheckpointStore } from '../src/postgres-checkpoint-store.js';
import { PostgresPartitionLeases } from '../src/postgres-partition-leases.js';
import { createConsumerSchema, PostgresEffects } from './consumer-database.js';

const GROUP = 'test.taken-back';
/** Nothing that does not wait for the disk comes there by itself while a test runs. */
const SETTINGS = { wal_writer_delay: '10s', bgwriter_lru_maxpages: '0' };

let folder: string;
let database: EmbeddedDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poinciana-taken-back-'));
  chmodSync(folder, 0o755);
  database = await startEmbeddedDatabase({ dataFolder: join(folder, 'database'), settings: SETTINGS });
});
afterAll(async () => {
  await database.stop();
  removeDataPlace(join(folder, 'database'));
  rmSync(folder, { recursive: true, force: true });
});

interface Consumer {
  readonly pool: Pool;
  readonly checkpoints: PostgresCheckpointStore;
  readonly leases: PostgresPartitionLeases;
  /** Commits a place of the one partition and a row of state. */
  commit(fence: Fence, number: number, isReadModel: boolean): Promise<void>;
  stateRows(): Promise<number>;
  place(): Promise<number | undefined>;
}

async function consumerIn(schema: string): Promise<Consumer> {
  const pool = await createConsumerSchema(database.url, schema);
  const checkpoints = new PostgresCheckpointStore(pool);
  await checkpoints.open(GROUP, 1);
  await pool.query('CHECKPOINT');
  return {
    pool,
    checkpoints,
    leases: new PostgresPartitionLeases(pool),
    commit: (fence, number, isUnhurried) =>
      checkpoints.commit({ ...moveTo(fence, number), isUnhurried, state: writeRow(number) }),
    stateRows: async () => (await pool.query('SELECT FROM effect')).rowCount ?? 0,
    place: async () => (await checkpoints.places(GROUP))[0]?.position.number,
  };
}

function moveTo(fence: Fence, number: number): CheckpointCommit<PoolClient> {
  const moves = [{ partition: 0, position: { shard: 0, number } }];
  return { group: GROUP, fences: [fence], moves, ahead: [], deadLetters: [], parked: [], state: undefined };
}

function writeRow(position: number) {
  return async (client: PoolClient) => {
    await client.query('INSERT INTO effect (event_id, key, position) VALUES ($1, $1, $2)', [randomUUID(), position]);
  };
}

/** The server ends at once, as in a loss of power, and is started again by itself. */
async function crash(pool: Pool): Promise<void> {
  const { pid } = database;
  process.kill(pid, 'SIGQUIT');
  await until('another server answers', async () => {
    if (database.pid === pid) return false;
    return pool.query('SELECT').then(
      () => true,
      () => false,
    );
  });
}

function next({ partition, number }: Fence): Fence {
  return { partition, number: number + 1 };
}

test('a crash takes no commit back, but those of a read model, whole', async () => {
  const consumer = await consumerIn('whole');
  const [fence = { partition: 0, number: 0 }] = await consumer.checkpoints.take(GROUP, [0]);
  await consumer.commit(fence, 5, false);
  await crash(consumer.pool);
  expect([await consumer.place(), await consumer.stateRows()]).toEqual([5, 1]);
  await consumer.commit(next(fence), 8, true);
  expect([await consumer.place(), await consumer.stateRows()]).toEqual([8, 2]);
  await crash(consumer.pool);
  expect([await consumer.place(), await consumer.stateRows()]).toEqual([5, 1]);
  await expect(consumer.commit(next(next(fence)), 9, true)).rejects.toThrow(StaleMemberError);
  await consumer.pool.end();
});

test('what only moves a checkpoint does not wait for the disk', async () => {
  const consumer = await consumerIn('moved');
  const [fence = { partition: 0, number: 0 }] = await consumer.checkpoints.take(GROUP, [0]);
  await consumer.checkpoints.commit(moveTo(fence, 7));
  expect(await consumer.place()).toBe(7);
  await crash(consumer.pool);
  expect(await consumer.place()).toBe(0);
  await consumer.pool.end();
});

test('a living member does again what was taken back, though the log is quiet and elsewhere', async () => {
  const { pool, place, stateRows } = await consumerIn('living');
  const store = new InMemoryEventStore();
  const people = Array.from({ length: 20 }, (_, person) => person);
  const effects = new PostgresEffects(pool);
  await new LogWriter(store).write('participant', people);
  const bus = new LogEventBus({ store, pool, membership: { ...QUICK_MEMBERSHIP, partitionCount: 1 } });
  const handle = async ({ events }: EventBatch) => effects.write(events);
  const group = { name: GROUP, categories: ['participant'], isReadModel: true, handle };
  const subscription = await bus.subscribe(group);
  await until('all is handled', async () => (await place()) === people.length);
  expect(await stateRows()).toBe(people.length);
  await crash(pool);
  await until('all is handled again', async () => (await place()) === people.length);
  expect(await stateRows()).toBe(people.length);
  await subscription.stop();
  await pool.end();
});

test.each(['lease', 'broker'])(
  'a member whose commit was taken back does not pass for a later one: %s',
  async (dealtBy) => {
    const consumer = await consumerIn(dealtBy);
    const { checkpoints, leases } = consumer;
    const [fence = { partition: 0, number: 0 }] = await checkpoints.take(GROUP, [0]);
    await consumer.commit(fence, 5, true);
    await crash(consumer.pool);
    const claim = dealtBy === 'lease' ? leases.claim(GROUP, randomUUID(), [0]) : checkpoints.take(GROUP, [0]);
    const [later = { partition: 0, number: 0 }] = await claim;
    await expect(consumer.commit(next(fence), 9, true)).rejects.toThrow(StaleMemberError);
    await consumer.commit(later, 5, true);
    expect([await consumer.place(), await consumer.stateRows()]).toEqual([5, 1]);
    await consumer.pool.end();
  },
);
