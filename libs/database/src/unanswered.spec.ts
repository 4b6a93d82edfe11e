import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { TransientError } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';
import { createPool } from './pool.js';
import { withStatementTime } from './statement-time.js';
import { inTransaction } from './transaction.js';

let database: TestDatabase;
let way: LossyWay;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  way = await openLossyWay(database.url);
  pool = createPool({ url: way.url, schema: 'public', max: 1, applicationName: 'spec', statementTimeoutMs: 10_000 });
  expect(pool.options.query_timeout).toBe(15_000);
  Object.assign(pool.options, { query_timeout: 1_000 });
});
afterEach(async () => {
  await pool.end();
  way.close();
});

/** A way to a database whose connections can lose every packet from a moment on, without a word; new ones are well. */
interface LossyWay {
  readonly url: string;
  loseAll(): void;
  close(): void;
}

async function openLossyWay(target: string): Promise<LossyWay> {
  const url = new URL(target);
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect({ host, port });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => to.write(bytes)).on('close', () => to.destroy());
      from.on('error', () => undefined);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    loseAll: () => {
      for (const socket of sockets) socket.removeAllListeners('data').removeAllListeners('close').resume();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('a connection whose packets are lost without a word', () => {
  it('is given up, and the next query takes another', async () => {
    await pool.query('SELECT');
    way.loseAll();
    await expect(pool.query('SELECT')).rejects.toThrow(TransientError);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('ends its transaction, and holds up nobody who is behind it', async () => {
    const work = inTransaction(pool, async (client) => {
      way.loseAll();
      await client.query('SELECT');
    });
    await expect(work).rejects.toThrow(TransientError);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('a connection with time of its own', () => {
  it('lets its statements take so long on both sides, and is not given back', async () => {
    const limits = async (client: Pick<Pool, 'query'>): Promise<unknown> =>
      (await client.query("SELECT current_setting('statement_timeout') AS statement")).rows[0];
    const inside = await withStatementTime(pool, 0, async (client) => {
      await client.query('SELECT pg_sleep(1.1)');
      return limits(client);
    });
    expect(inside).toEqual({ statement: '0' });
    expect(await limits(pool)).toEqual({ statement: '10s' });
  });
});
