import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, PostgresEventStore } from '@poinciana/event-store-postgres';
import { PartitionCountError } from '@poinciana/messaging';
import { eventBusConformance } from '@poinciana/messaging/conformance';
import { LogEventBus } from '@poinciana/messaging-log';
import { createConsumerSchema } from './consumer-database.js';
import { logBusHarness } from './log-bus-harness.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

eventBusConformance('The bus on PostgreSQL, log and checkpoints,', async () => {
  const url = await database.createDatabase();
  const pool = createPool({ url, schema: 'event_log', max: 6, applicationName: 'log' });
  await applyEventLogMigrations(pool);
  return logBusHarness(url, new PostgresEventStore({ pool }), () => pool.end());
});

test('a group with another number of partitions is refused', async () => {
  const pool = await createConsumerSchema(await database.createDatabase(), 'consumer');
  const store = new InMemoryEventStore();
  const group = { name: 'test.group', categories: ['participant'], handle: async () => undefined };
  const first = await new LogEventBus({ store, pool }).subscribe(group);
  await first.stop();
  const other = new LogEventBus({ store, pool, membership: { partitionCount: 32 } });
  await expect(other.subscribe(group)).rejects.toThrow(new PartitionCountError('test.group', 16, 32));
  await pool.end();
});
