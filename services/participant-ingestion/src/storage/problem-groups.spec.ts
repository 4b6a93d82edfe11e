import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { applyMigrations, createPool, inTransaction } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { packageFolder } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { importing, PROBLEM, PROGRESS } from './conformance/upload-fixtures.js';
import { PostgresUploads } from './postgres-uploads.js';

const schema = 'participant_ingestion';
const MIGRATIONS = packageFolder(import.meta.url, 'prisma/migrations');
const GROUPS = '20261129234500_groups_of_problems';
const PLACES = [2, 3, 4, 5, 6, 7, 11];

let database: TestDatabase;
let pool: Pool;
let before: string;

beforeAll(async () => {
  database = await startTestDatabase();
  before = mkdtempSync(join(tmpdir(), 'poinciana-migrations-'));
  cpSync(MIGRATIONS, before, { recursive: true, filter: isBefore });
});

beforeEach(async () => {
  pool = createPool({ url: await database.createDatabase(), schema, max: 5, applicationName: 'groups' });
});

afterAll(async () => {
  await database.stop();
  rmSync(before, { recursive: true });
});

describe('the groups of the problems of an upload', () => {
  it('are read without a look at the problems, however many there are', async () => {
    await applyMigrations(pool, { schema, folder: MIGRATIONS });
    const uploads = new PostgresUploads(pool);
    const task = await importing({ uploads, expireLeases: async () => undefined }, randomUUID);
    await uploads.saveProgress(task, PROGRESS, [{ ...PROBLEM, row: 3, ordinal: 0 }]);
    await inTransaction(pool, async (client) => {
      await client.query('LOCK TABLE upload_problem IN ACCESS EXCLUSIVE MODE');
      expect(await uploads.problemGroups(task.id, 'error')).toMatchObject([
        { count: 1, examples: [{ row: 3, value: 'x' }] },
      ]);
    });
    await pool.end();
  });

  it('are filled from the problems that are stored when they come to be', async () => {
    await applyMigrations(pool, { schema, folder: before });
    const [one, other] = [randomUUID(), randomUUID()];
    const insert = `INSERT INTO upload_problem (upload_id, row, ordinal, field, value, code, reason)
      VALUES ($1, $2, $3, $4, $5, 'invalid_email', 'No address')`;
    for (const row of PLACES.toReversed()) await pool.query(insert, [one, row, 0, 'email', `"${row}"`]);
    await pool.query(insert, [one, 7, 1, 'name', 'x']);
    await pool.query(insert, [other, 2, 0, 'email', 'y']);
    await applyMigrations(pool, { schema, folder: MIGRATIONS });
    const uploads = new PostgresUploads(pool);
    const examples = PLACES.slice(0, 5).map((row) => ({ row, value: `"${row}"` }));
    const group = { field: 'email', code: 'invalid_email', reason: 'No address' };
    expect(await uploads.problemGroups(one, 'error')).toEqual([
      { ...group, count: PLACES.length, examples },
      { ...group, field: 'name', count: 1, examples: [{ row: 7, value: 'x' }] },
    ]);
    expect(await uploads.problemGroups(other, 'error')).toMatchObject([
      { count: 1, examples: [{ row: 2, value: 'y' }] },
    ]);
    await pool.end();
  });
});

/** Whether something in the folder of the migrations comes before the one that makes the groups. */
function isBefore(path: string): boolean {
  return relative(MIGRATIONS, path) < GROUPS;
}
