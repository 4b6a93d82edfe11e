import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { communicationDispatch } from '@poinciana/communication-dispatch';
import { createPool } from '@poinciana/database';
import { adapters } from '@poinciana/deployment';
import { removeDataPlace, startEmbeddedDatabase } from '@poinciana/embedded-database';
import { EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { startServiceProcess } from '@poinciana/service-kit';
import type { Pool } from 'pg';
import { RunningSimulator } from './running-simulator.js';
import { SECRETS_KEY } from './sent-campaign.js';

const TOKEN_SECRET = 'bench-secret-bench-secret-bench-secret';
const BENCH_CONNECTIONS = 10;
/** Calls to the provider at the same time, ours and the baselines'. What is stored in batches is a quarter of it. */
export const CALLS = 256;
/** Lines to the mail exchange at the same time, ours and the baseline's. */
export const MAIL_LINES = 20;

/** Nothing is held back: what is measured is the way, not the limits of providers. */
const UNLIMITED = {
  POINCIANA_WHATSAPP_MESSAGES_PER_SECOND: '100000',
  POINCIANA_WHATSAPP_PAIR_INTERVAL_MS: '0',
  POINCIANA_EMAIL_MESSAGES_PER_SECOND: '100000',
};

/** communication-dispatch in this process, the provider's side in another, on a PostgreSQL with the settings of the default. */
export interface RunningDispatch {
  readonly url: string;
  readonly store: PostgresEventStore;
  /** Of the service's own schema, for baselines and for what is to be known. */
  readonly pool: Pool;
  readonly databasePid: number;
  readonly simulator: RunningSimulator;
}

/** Runs work on the service, and ends everything in any case; `before` works on its tables while nobody else does. */
export async function withDispatch<Before, Answer>(
  before: (pool: Pool) => Promise<Before>,
  work: (running: RunningDispatch, done: Before) => Promise<Answer>,
): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'poinciana-bench-'));
  const database = await startEmbeddedDatabase({ dataFolder: join(folder, 'database') });
  const applicationName = 'bench';
  const pool = createPool({
    url: database.url,
    schema: communicationDispatch.schema,
    max: BENCH_CONNECTIONS,
    applicationName,
  });
  const logPool = createPool({ url: database.url, schema: EVENT_LOG_SCHEMA, max: 2, applicationName });
  const simulator = await RunningSimulator.start();
  try {
    await (await startDispatch(database.url)).stop();
    const done = await before(pool);
    const service = await startDispatch(database.url);
    try {
      const store = new PostgresEventStore({ pool: logPool });
      return await work({ url: service.url, store, pool, databasePid: database.pid, simulator }, done);
    } finally {
      await service.stop();
    }
  } finally {
    await simulator.stop();
    await Promise.all([pool.end(), logPool.end()]);
    await database.stop();
    removeDataPlace(join(folder, 'database'));
    await rm(folder, { recursive: true, force: true });
  }
}

function startDispatch(databaseUrl: string) {
  return startServiceProcess(communicationDispatch, adapters, {
    DATABASE_URL: databaseUrl,
    POINCIANA_TOKEN_SECRET: TOKEN_SECRET,
    POINCIANA_SECRETS_KEY: SECRETS_KEY,
    POINCIANA_PUBLIC_URL: 'https://api.example',
    POINCIANA_HTTP_HOST: '127.0.0.1',
    POINCIANA_HTTP_PORT: '0',
    POINCIANA_LOG_LEVEL: 'error',
    POINCIANA_DISPATCH_CONNECTIONS: String(CALLS),
    ...UNLIMITED,
  });
}
