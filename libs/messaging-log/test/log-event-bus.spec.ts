import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { CheckpointStoreError, type EventBus } from '@poinciana/messaging';
import {
  eventBusConformance,
  LogWriter,
  QUICK_MEMBERSHIP,
  QUICK_PROCESSING,
  until,
} from '@poinciana/messaging/conformance';
import { LogEventBus } from '@poinciana/messaging-log';
import type { Pool, PoolClient } from 'pg';
import { createConsumerSchema, PostgresEffects } from './consumer-database.js';
import { logBusHarness } from './log-bus-harness.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

eventBusConformance('The bus on PostgreSQL, over a log in memory,', () =>
  logBusHarness(database.url, new InMemoryEventStore()),
);

const store = new InMemoryEventStore();
const errors: unknown[] = [];

async function busOn(schema: string): Promise<{ pool: Pool; bus: EventBus<PoolClient> }> {
  const pool = await createConsumerSchema(database.url, schema);
  const report = (one: object) => 'error' in one && errors.push(one.error);
  return {
    pool,
    bus: new LogEventBus({ store, pool, membership: QUICK_MEMBERSHIP, processing: QUICK_PROCESSING, report }),
  };
}

test('a state write that hides a failed statement is not taken for committed', async () => {
  const { pool, bus } = await busOn('hiding');
  const effects = new PostgresEffects(pool);
  const [id] = await new LogWriter(store).write('participant', [1]);
  const subscription = await bus.subscribe({
    name: 'test.hiding',
    categories: ['participant'],
    handle:
      async ({ events }) =>
      async (client) => {
        await effects.write(events)(client);
        await client.query('SELECT 1 / 0').catch(() => undefined);
      },
  });
  await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
  expect((await subscription.deadLetters.list()).map(({ eventId }) => eventId)).toEqual([id]);
  expect(await effects.all()).toEqual([]);
  await subscription.stop();
  await pool.end();
});

test('what the database refuses to the bus itself is no dead letter: the breaker opens until it is repaired', async () => {
  const { pool, bus } = await busOn('refusing');
  await pool.query('ALTER TABLE consumer_partition RENAME COLUMN cursor TO gone');
  const seen: string[] = [];
  const group = { name: 'test.refusing', categories: ['participant'] };
  const joined = bus.subscribe({
    ...group,
    handle: async ({ events }) => void seen.push(...events.map(({ id }) => id)),
  });
  const subscription = await joined;
  await until('the error is reported', () => errors.some((error) => error instanceof CheckpointStoreError));
  await pool.query('ALTER TABLE consumer_partition RENAME COLUMN gone TO cursor');
  await until('the group is at the head', async () => (await subscription.progress()).lag === 0);
  expect(seen).toHaveLength(1);
  expect(await subscription.deadLetters.count()).toEqual({ events: 0, keys: 0 });
  await subscription.stop();
  await pool.end();
});
