import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { Pool } from 'pg';
import { countedTotal, type Total } from './counted-total.js';

let pool: Pool;
let stop: () => Promise<void>;
beforeAll(async () => {
  const database = await startTestDatabase();
  pool = createPool({ url: database.url, schema: 'public', max: 1, applicationName: 'spec' });
  stop = async () => {
    await pool.end();
    await database.stop();
  };
});
afterAll(() => stop());

async function totalOf(from: string): Promise<Total> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN READ ONLY');
    return await countedTotal(client, from, []);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it('counts what is few', async () => {
  expect(await totalOf('FROM generate_series(1, 42)')).toEqual({ total: 42, isTotalEstimated: false });
  expect(await totalOf('FROM generate_series(1, 10000)')).toEqual({ total: 10_000, isTotalEstimated: false });
});

it('counts what is few, whatever the planner takes it for', async () => {
  const fewer = (rows: number) => `FROM generate_series(1, ${rows}) AS number WHERE number + 0 <= 7`;
  for (const rows of [90_000, 900_000])
    expect(await totalOf(fewer(rows))).toEqual({ total: 7, isTotalEstimated: false });
});

it('estimates what is many, and what takes long to count', async () => {
  expect(await totalOf('FROM generate_series(1, 20000)')).toEqual({ total: 20_000, isTotalEstimated: true });
  const slow = (rows: number) => `FROM generate_series(1, ${rows}) WHERE pg_sleep(60) IS NOT NULL`;
  expect(await totalOf(slow(1_000))).toMatchObject({ isTotalEstimated: true });
  expect(await totalOf('FROM generate_series(1, 200000)')).toEqual({ total: 200_000, isTotalEstimated: true });
});
