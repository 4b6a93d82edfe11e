import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { applyMigrations, createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { recordCheckpointsConformance } from '@poinciana/messaging-kafka/conformance';
import type { Pool } from 'pg';
import { describeCustomerParticipants } from './conformance/customer-participants.js';
import { describeFileStore } from './conformance/file-store.js';
import { describeIdentityKeys } from './conformance/identity-keys.js';
import { describeRequestAnswers } from './conformance/request-answers.js';
import { describeReverts } from './conformance/reverts.js';
import { describeUploadProblems } from './conformance/upload-problems.js';
import { describeUploads } from './conformance/uploads.js';
import { FolderFileStore } from './folder-file-store.js';
import { PostgresCustomerParticipants } from './postgres-customer-participants.js';
import { PostgresIdentityKeys } from './postgres-identity-keys.js';
import { PostgresRecordCheckpoints } from './postgres-record-checkpoints.js';
import { PostgresRequestAnswers } from './postgres-request-answers.js';
import { PostgresReverts } from './postgres-reverts.js';
import { PostgresUploads } from './postgres-uploads.js';

const schema = 'participant_ingestion';
let database: TestDatabase;
let pool: Pool;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poinciana-files-'));
  database = await startTestDatabase();
  pool = createPool({ url: database.url, schema, max: 5, applicationName: 'adapters' });
  await applyMigrations(pool, { schema, folder: fileURLToPath(new URL('../../prisma/migrations', import.meta.url)) });
});

afterAll(async () => {
  await pool.end();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

describeCustomerParticipants(async () => new PostgresCustomerParticipants(pool), randomUUID);
describeIdentityKeys(async () => new PostgresIdentityKeys(pool), randomUUID);
test('an erasure looks at the keys of its customer, and at nobody else, whenever they came', async () => {
  const alone = createPool({ url: database.url, schema, max: 1, applicationName: 'erasure' });
  const keys = new PostgresIdentityKeys(alone);
  const workspace = randomUUID();
  const customers = Array.from({ length: 2_000 }, () => randomUUID());
  for (const letter of ['x', 'e', 'p']) {
    const claims = customers.map((customerId, number) => ({ key: `${letter}:${number}`, customerId }));
    await keys.claim(workspace, async () => ({ claims }));
  }
  await alone.query('ANALYZE identity_key');
  await alone.query('BEGIN');
  await keys.release(workspace, customers[7] ?? '');
  const { rows } = await alone.query(
    `SELECT seq_tup_read::int + idx_tup_fetch::int AS seen, n_tup_del::int AS deleted FROM pg_stat_xact_user_tables
     WHERE relname = 'identity_key'`,
  );
  await alone.query('ROLLBACK');
  await alone.end();
  expect(rows).toEqual([{ seen: 3, deleted: 3 }]);
});
describeRequestAnswers(async () => new PostgresRequestAnswers(pool), randomUUID);
describeFileStore(async () => new FolderFileStore(join(folder, 'files')));
for (const describeThem of [describeUploads, describeUploadProblems])
  describeThem(async () => {
    await pool.query('TRUNCATE upload, upload_problem, upload_problem_group');
    return {
      uploads: new PostgresUploads(pool),
      expireLeases: async () =>
        void (await pool.query(
          `UPDATE upload SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL`,
        )),
    };
  }, randomUUID);

describeReverts(async () => {
  await pool.query('TRUNCATE upload_revert, upload_revert_left');
  return {
    reverts: new PostgresReverts(pool),
    expireLeases: async () =>
      void (await pool.query(`UPDATE upload_revert SET lease_until = clock_timestamp() - interval '1 second'`)),
  };
}, randomUUID);

recordCheckpointsConformance('PostgreSQL', async () => ({
  checkpoints: new PostgresRecordCheckpoints(pool),
  deadLetters: async (topic) => {
    const { rows } = await pool.query<{ letter: string }>(
      `SELECT partition || '/' || record_offset || ' ' || code AS letter FROM inbound_dead_letter
       WHERE topic = $1 ORDER BY partition, record_offset`,
      [topic],
    );
    return rows.map(({ letter }) => letter);
  },
}));
