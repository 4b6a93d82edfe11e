import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyMigrations, createPool, inTransaction } from '@poinciana/database';
import { type TestDatabase, startTestDatabase } from '@poinciana/embedded-database';
import { derivedId } from '@poinciana/event-sourcing';
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
  await pool.query('TRUNCATE participant, catch_up, contact_hour, customer');
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

test('what was kept of each participant is known of its customer, and of nobody twice', async () => {
  const folder = packageFolder(import.meta.url, 'prisma/migrations');
  const before = await mkdtemp(join(tmpdir(), 'poinciana-flows-'));
  const old = (await readdir(folder)).filter((name) => name < '20261129234526');
  for (const name of old) await cp(join(folder, name), join(before, name), { recursive: true });
  const upgraded = createPool({ url: await database.createDatabase(), schema, max: 2, applicationName: 'upgraded' });
  await applyMigrations(upgraded, { schema, folder: before });
  const ids = (what: string, numbers: readonly number[]) => numbers.map((number) => derivedId(what, number));
  const states = [['01', '03'], ['02'], [], undefined].map((days, index) => ({
    customerId: derivedId('customer', index < 2 ? 1 : index),
    name: 'Łucja \\ "Ł"',
    ...(days === undefined ? {} : { contacts: days.map((day) => `2026-11-${day}T08:00:00.120Z`) }),
  }));
  await upgraded.query(
    `INSERT INTO participant (id, workspace, campaign_id, version, state)
     SELECT id, $2, $2, 1, state FROM unnest($1::uuid[], $3::json[]) AS given (id, state)`,
    [ids('participant', [0, 1, 2, 3]), derivedId('workspace'), states.map((state) => JSON.stringify(state))],
  );
  await applyMigrations(upgraded, { schema, folder });
  const customers = ids('customer', [1, 2, 3]).map((customerId) => ({ customerId, workspace: derivedId('workspace') }));
  expect([...(await new PostgresContactHours(upgraded).ofCustomers(customers))]).toEqual([
    [derivedId('customer', 1), ['03', '02', '01'].map((day) => `2026-11-${day}T08:00:00.120Z`)],
  ]);
  const { rows } = await upgraded.query<{ state: object }>('SELECT state FROM participant ORDER BY id');
  expect(JSON.stringify(rows)).not.toContain('2026-11');
  expect(rows.every(({ state }) => 'name' in state && state.name === states[0]?.name)).toBe(true);
  await upgraded.end();
  await rm(before, { recursive: true });
});
