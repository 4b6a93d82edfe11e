import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyMigrations, createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { packageFolder } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { PostgresReverts } from './postgres-reverts.js';
import { PostgresUploads } from './postgres-uploads.js';
import { PROBLEMS_PAGE_MAX } from './uploads.js';

const schema = 'participant_ingestion';
const ID = randomUUID();
const ROWS = 20 * PROBLEMS_PAGE_MAX;

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  // One connection, so that what a transaction reads is counted in one place.
  pool = createPool({ url: database.url, schema, max: 1, applicationName: 'pages' });
  await applyMigrations(pool, { schema, folder: packageFolder(import.meta.url, 'prisma/migrations') });
  await pool.query(
    `INSERT INTO upload_problem (upload_id, severity, row, ordinal, field, value, code, reason)
     SELECT $1, severity, row, 0, 'email', 'x', 'code', 'reason'
     FROM generate_series(1, $2::int) AS row, unnest(ARRAY['error', 'warning']) AS severity`,
    [ID, ROWS],
  );
  await pool.query(
    `INSERT INTO upload_revert_left (upload_id, is_preview, reason, row, subject_id, subject)
     SELECT $1, false, 'changed_since', row, gen_random_uuid(), 'participant' FROM generate_series(1, $2::int) AS row`,
    [ID, ROWS],
  );
  await pool.query('ANALYZE upload_problem, upload_revert_left');
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

/** How many rows of a table are looked at for a page. */
async function rowsRead(table: string, page: () => Promise<readonly unknown[]>): Promise<number> {
  // What was counted before is given away between transactions only.
  await pool.query('BEGIN');
  const before = await rowsReadSoFar(table);
  expect(await page()).toHaveLength(PROBLEMS_PAGE_MAX);
  const after = await rowsReadSoFar(table);
  await pool.query('COMMIT');
  return after - before;
}

async function rowsReadSoFar(table: string): Promise<number> {
  const { rows } = await pool.query<{ read: number }>(
    'SELECT (seq_tup_read + idx_tup_fetch)::int AS read FROM pg_stat_xact_user_tables WHERE relname = $1',
    [table],
  );
  return rows[0]?.read ?? 0;
}

describe('a page is read along its key, whatever lies behind it:', () => {
  it.each(['error', 'warning'] as const)('problems of the severity %s', async (severity) => {
    const page = () => new PostgresUploads(pool).problems(ID, severity, { row: 1, ordinal: 0 });
    expect(await rowsRead('upload_problem', page)).toBe(PROBLEMS_PAGE_MAX);
  });

  it('what a revert left alone', async () => {
    const revert = { id: ID, workspace: ID, campaignId: ID, isPreview: false };
    const after = { reason: 'changed_since', row: 1, subjectId: randomUUID() } as const;
    const page = () => new PostgresReverts(pool).left(revert, PROBLEMS_PAGE_MAX, after);
    expect(await rowsRead('upload_revert_left', page)).toBe(PROBLEMS_PAGE_MAX);
  });
});
