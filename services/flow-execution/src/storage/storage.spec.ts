import { afterAll, beforeAll } from '@jest/globals';
import { applyMigrations, createPool, inTransaction } from '@poinciana/database';
import { type TestDatabase, startTestDatabase } from '@poinciana/embedded-database';
import type { StateWrite } from '@poinciana/messaging';
import { packageFolder } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { type StorageUnderTest, catchUpsConformance, participantsConformance } from '../../test/storage-conformance.js';
import { contactHoursConformance } from '../../test/contact-hours-conformance.js';
import { InMemoryContactHours } from './in-memory-contact-hours.js';
import { PostgresContactHours } from './postgres-contact-hours.js';
import { InMemoryCatchUps } from './in-memory-catch-ups.js';
import { InMemoryParticipants } from './in-memory-participants.js';
import { PostgresCatchUps } from './postgres-catch-ups.js';
import { PostgresParticipants } from './postgres-participants.js';

const schema = 'flow_execution';
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({ url: await database.createDatabase(), schema, max: 5, applicationName: 'flow-execution' });
  await applyMigrations(pool, { schema, folder: packageFolder(import.meta.url, 'prisma/migrations') });
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

function inMemory<Storage>(storage: Storage): StorageUnderTest<Storage> {
  return { storage, run: (write) => write(undefined as never) };
}

async function inPostgres<Storage>(storage: Storage): Promise<StorageUnderTest<Storage>> {
  await pool.query('TRUNCATE participant, catch_up, contact_hour');
  return {
    storage,
    run: (write: StateWrite<never>) => inTransaction(pool, (transaction) => write(transaction as never)),
  };
}

participantsConformance('InMemoryParticipants', async () => inMemory(new InMemoryParticipants()));
participantsConformance('PostgresParticipants', () => inPostgres(new PostgresParticipants(pool)));
catchUpsConformance('InMemoryCatchUps', async () => inMemory(new InMemoryCatchUps()));
catchUpsConformance('PostgresCatchUps', () => inPostgres(new PostgresCatchUps(pool)));
contactHoursConformance('InMemoryContactHours', async () => inMemory(new InMemoryContactHours()));
contactHoursConformance('PostgresContactHours', () => inPostgres(new PostgresContactHours(pool)));
