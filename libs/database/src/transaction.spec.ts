import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { DomainError, StorageFull, TransientError } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { createPool } from './pool.js';
import { inTransaction } from './transaction.js';
import { asTransient } from './transient.js';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({
    url: database.url,
    schema: 'public',
    max: 3,
    applicationName: 'spec',
    lockTimeoutMs: 50,
    statementTimeoutMs: 5_000,
    idleInTransactionTimeoutMs: 7_000,
  });
  await pool.query('CREATE TABLE things (id int PRIMARY KEY)');
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

async function ids(): Promise<readonly number[]> {
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM things ORDER BY id');
  return rows.map(({ id }) => id);
}

describe('a pool', () => {
  it('has the settings it was given, and leaves durability to the server', async () => {
    const names = [
      'search_path',
      'TimeZone',
      'lock_timeout',
      'statement_timeout',
      'idle_in_transaction_session_timeout',
      'application_name',
    ];
    const { rows } = await pool.query<{ setting: string }>(
      'SELECT current_setting(n) AS setting FROM unnest($1::text[]) AS n',
      [names],
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['public', 'UTC', '50ms', '5s', '7s', 'spec']);
    const { rows: durability } = await pool.query(`SELECT source FROM pg_settings WHERE name = 'synchronous_commit'`);
    expect(durability).toEqual([{ source: 'default' }]);
  });
});

describe('the address of a pool', () => {
  it('may set options beside those of the pool', async () => {
    const url = `${database.url}?options=-c%20work_mem%3D8MB%20-c%20search_path%3Delsewhere&application_name=named`;
    const own = createPool({ url, schema: 'public', max: 1, applicationName: 'spec' });
    const { rows } = await own.query(
      "SELECT current_setting('work_mem') AS memory, current_setting('search_path') AS path, current_setting('TimeZone') AS zone",
    );
    expect(rows).toEqual([{ memory: '8MB', path: 'public', zone: 'UTC' }]);
    await own.end();
  });

  it.each(['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'query_timeout'])(
    'must not set %s, which the pool does',
    (name) => {
      const url = `postgres://someone:password@127.0.0.1:1/none?sslmode=disable&${name}=0`;
      const create = () => createPool({ url, schema: 'public', max: 1, applicationName: 'spec' });
      expect(create).toThrow(new RangeError(`The address of the database must not set ${name}: the program does`));
    },
  );
});

describe('a query of a pool', () => {
  it('says that the database is away by a transient error, and what is wrong with a statement as it is', async () => {
    const killed = createPool({ url: database.url, schema: 'public', max: 1, applicationName: 'killed' });
    const itself = 'SELECT pg_terminate_backend(pg_backend_pid())';
    await expect(killed.query(itself)).rejects.toThrow(TransientError);
    await expect(killed.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await killed.end();
    const nowhere = createPool({
      url: 'postgres://127.0.0.1:1/none',
      schema: 'public',
      max: 1,
      applicationName: 'none',
    });
    await expect(nowhere.query('SELECT 1')).rejects.toThrow(TransientError);
    await nowhere.end();
    await expect(pool.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
  });
});

describe('a transaction', () => {
  it('is committed when its work ends, and answers with its result', async () => {
    expect(
      await inTransaction(pool, async (client) => (await client.query('INSERT INTO things VALUES (1)')).rowCount),
    ).toBe(1);
    expect(await ids()).toContain(1);
  });

  it('is rolled back when its work throws, and throws the same', async () => {
    const refusal = new DomainError('no', 'No');
    const work = inTransaction(pool, async (client) => {
      await client.query('INSERT INTO things VALUES (2)');
      throw refusal;
    });
    await expect(work).rejects.toBe(refusal);
    expect(await ids()).not.toContain(2);
  });

  it('is transient when its connection is ended, and the pool goes on', async () => {
    const work = inTransaction(pool, async (client) => {
      await client.query('INSERT INTO things VALUES (3)');
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await client.query('SELECT 1');
    });
    await expect(work).rejects.toThrow(TransientError);
    expect(await ids()).not.toContain(3);
  });

  it('is transient when it waits too long for a lock, and not for what is wrong by itself', async () => {
    await inTransaction(pool, async (holder) => {
      await holder.query('LOCK TABLE things IN ACCESS EXCLUSIVE MODE');
      await expect(inTransaction(pool, (client) => client.query('SELECT FROM things'))).rejects.toThrow(TransientError);
    });
    await expect(inTransaction(pool, (client) => client.query('INSERT INTO things VALUES (1)'))).rejects.not.toThrow(
      TransientError,
    );
    await expect(inTransaction(pool, (client) => client.query('SELECT FROM nowhere'))).rejects.not.toThrow(
      TransientError,
    );
  });
});

describe('errors of the database', () => {
  const withCode = (code: string, more: object = {}): Error => Object.assign(new Error('secret'), { code }, more);

  it.each([
    '08006',
    '53300',
    '57P01',
    '57014',
    '40001',
    '40P01',
    '55P03',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'EAI_AGAIN',
  ])('are transient with %s', (code) => {
    const error = withCode(code);
    expect(asTransient(error)).toBeInstanceOf(TransientError);
    expect(asTransient(error)).toMatchObject({ cause: error, message: `The database is away: ${code}` });
  });

  it.each(['23505', '22P02', '42P01', '42601', '22021', 'ERR_INVALID_ARG_TYPE', 'ENOENT'])(
    'are bugs with %s',
    (code) => {
      const error = withCode(code);
      expect(asTransient(error)).toBe(error);
    },
  );

  it('say that the disk is full', () => {
    expect(asTransient(withCode('53100'))).toBeInstanceOf(StorageFull);
  });

  it('are transient when a socket is not there, and as they are when they already were', () => {
    expect(asTransient(withCode('ENOENT', { syscall: 'connect' }))).toBeInstanceOf(TransientError);
    const transient = new TransientError('away');
    expect(asTransient(transient)).toBe(transient);
    expect(asTransient('text')).toBe('text');
  });
});
