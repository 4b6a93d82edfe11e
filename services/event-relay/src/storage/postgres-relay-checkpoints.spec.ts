import { afterAll, beforeAll } from '@jest/globals';
import { applyMigrations, createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { relayCheckpointsConformance } from '@poinciana/messaging-kafka/conformance';
import type { Pool } from 'pg';
import { eventRelay } from '../index.js';
import { PostgresRelayCheckpoints } from './postgres-relay-checkpoints.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({ url: database.url, schema: eventRelay.schema, max: 4, applicationName: 'relay-spec' });
  await applyMigrations(pool, { schema: eventRelay.schema, folder: eventRelay.migrations });
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

relayCheckpointsConformance('PostgreSQL', async () => new PostgresRelayCheckpoints(pool));
