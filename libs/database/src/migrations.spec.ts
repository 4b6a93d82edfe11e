import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { TransientError } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { applyMigrations, MigrationError } from './migrations.js';
import { createPool } from './pool.js';

const FIRST = '20250101000000_first';
const SECOND = '20250102000000_second';

let database: TestDatabase;
let folder: string;
let pools: Pool[];
let url: string;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poinciana-migrations-'));
  url = await database.createDatabase();
  pools = [];
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await rm(folder, { recursive: true });
});

function newPool(): Pool {
  const pool = createPool({ url, schema: 'flows', max: 2, applicationName: 'spec' });
  pools.push(pool);
  return pool;
}

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

const apply = (pool: Pool, schema = 'flows') => applyMigrations(pool, { schema, folder });

describe('migrations', () => {
  it('are applied once, in order, into their schema, and written down as Prisma does', async () => {
    const pool = newPool();
    const sql = 'CREATE TABLE runs (id int); CREATE INDEX ON runs (id);';
    await writeMigration(SECOND, 'ALTER TABLE runs ADD COLUMN state text');
    await writeMigration(FIRST, sql);
    await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"');
    expect(await apply(pool)).toEqual([FIRST, SECOND]);
    expect(await apply(pool)).toEqual([]);
    const { rows } = await pool.query('SELECT * FROM flows._prisma_migrations ORDER BY migration_name');
    expect(rows).toMatchObject([
      {
        migration_name: FIRST,
        checksum: createHash('sha256').update(sql).digest('hex'),
        applied_steps_count: 1,
        rolled_back_at: null,
        logs: null,
      },
      { migration_name: SECOND, applied_steps_count: 1 },
    ]);
    expect(rows.every(({ finished_at: finished, started_at: started }) => finished >= started)).toBe(true);
    expect((await pool.query('SELECT id, state FROM flows.runs')).rows).toEqual([]);
  });

  it('go on with what is new, and serve several schemas', async () => {
    const pool = newPool();
    await writeMigration(FIRST, 'CREATE TABLE runs (id int)');
    await apply(pool);
    await writeMigration(SECOND, 'CREATE TABLE marks (id int)');
    expect(await apply(pool)).toEqual([SECOND]);
    expect(await apply(pool, 'flows_next')).toEqual([FIRST, SECOND]);
    expect((await pool.query('SELECT FROM flows_next.marks')).rowCount).toBe(0);
  });

  it('refuse an edited one, one they do not know, and one that never finished, by name', async () => {
    const pool = newPool();
    await writeMigration(FIRST, 'CREATE TABLE runs (id int)');
    await apply(pool);
    await writeMigration(FIRST, 'CREATE TABLE runs (id bigint)');
    await expect(apply(pool)).rejects.toThrow(`The migration ${FIRST} was edited`);
    await rm(join(folder, FIRST), { recursive: true });
    await expect(apply(pool)).rejects.toThrow(`the migration ${FIRST}, which this program does not know`);
    await writeMigration(FIRST, 'CREATE TABLE runs (id int)');
    await pool.query('UPDATE flows._prisma_migrations SET finished_at = NULL');
    await expect(apply(pool)).rejects.toThrow(`The migration ${FIRST} of the schema flows was begun`);
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    const pool = newPool();
    await writeMigration(FIRST, 'CREATE TABLE runs (id int)');
    await writeMigration(SECOND, 'CREATE TABLE marks (id int); SELECT 1/0');
    await expect(apply(pool)).rejects.toThrow(MigrationError);
    await expect(apply(pool)).rejects.toThrow(`The migration ${SECOND} of the schema flows failed: division by zero`);
    const { rows } = await pool.query(
      `SELECT to_regclass('flows.marks') IS NULL AS gone, (SELECT count(*)::int FROM flows._prisma_migrations) AS applied`,
    );
    expect(rows).toEqual([{ gone: true, applied: 1 }]);
  });

  it('run once when many processes begin at the same time', async () => {
    await writeMigration(FIRST, 'SELECT pg_sleep(0.2); CREATE TABLE runs (id int)');
    const applied = await Promise.all(Array.from({ length: 5 }, () => apply(newPool())));
    expect(applied.flat()).toEqual([FIRST]);
  });

  it('refuse a folder that is not one of migrations, and a schema that is not a name', async () => {
    const pool = newPool();
    await writeMigration('first', 'SELECT 1');
    await expect(apply(pool)).rejects.toThrow('Not the name of a migration: first');
    await rm(join(folder, 'first'), { recursive: true });
    await expect(apply(pool, 'flows; DROP TABLE runs')).rejects.toThrow(RangeError);
  });

  it('say that the database is away when it is', async () => {
    const pool = createPool({
      url: 'postgres://nobody@127.0.0.1:1/none',
      schema: 'flows',
      max: 1,
      applicationName: 'spec',
    });
    pools.push(pool);
    await expect(apply(pool)).rejects.toThrow(TransientError);
  });
});
