import { fastify } from 'fastify';
import { createPool } from '@poinciana/database';
import { rateOf } from '../../rate.js';
import type { ImportClient, Item } from './import-client.js';

export const CALLERS = 32;

/** Calls a second when so many callers each send one item after the other. */
export function rateOfCallers(items: readonly Item[], send: (item: Item) => Promise<unknown>): Promise<number> {
  return rateOf(items.length, async () => {
    const rest = items.values();
    // One iterator for all callers: each takes the next item when it is free.
    await Promise.all(
      Array.from({ length: CALLERS }, async () => {
        for (const item of rest) await send(item);
      }),
    );
  });
}

export const sendAlone = (client: ImportClient) => (item: Item) => client.list([item]);

/** The baseline: a server that inserts the body of each request as one row, and nothing else. */
export async function withBareServer<Answer>(
  databaseUrl: string,
  work: (send: (item: Item) => Promise<unknown>) => Promise<Answer>,
): Promise<Answer> {
  const pool = createPool({
    url: databaseUrl,
    schema: 'public',
    max: 10,
    applicationName: 'bare server',
  });
  await pool.query(
    'DROP TABLE IF EXISTS bench_bare; CREATE TABLE bench_bare (id bigserial PRIMARY KEY, body json NOT NULL)',
  );
  const server = fastify();
  server.post('/', async (request) => {
    await pool.query('INSERT INTO bench_bare (body) VALUES ($1)', [JSON.stringify(request.body)]);
    return { outcome: 'created' };
  });
  try {
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    return await work(async (item) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify([item]) });
      await response.text();
      if (!response.ok) throw new Error(`The bare server answered ${response.status}`);
    });
  } finally {
    await server.close();
    await pool.end();
  }
}
