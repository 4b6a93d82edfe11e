import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { StartedStore } from '@poinciana/event-sourcing/conformance';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA } from '../src/event-log-schema.js';
import { PostgresEventStore } from '../src/postgres-event-store.js';
import type { Pool } from 'pg';

/** Connections of one entrance to the log. */
const CONNECTIONS = 4;

/** A database with an empty log, for one spec file. */
export interface LogDatabase {
  /** A new entrance to the log: a pool and a store of its own, as another process would have it. */
  enter(): PostgresEventStore;
  pool(): Pool;
  /** The number of the server's process. */
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startLogDatabase(): Promise<LogDatabase> {
  const database = await startTestDatabase();
  const pools: Pool[] = [];
  const pool = (): Pool => {
    const made = createPool({
      url: database.url,
      schema: EVENT_LOG_SCHEMA,
      max: CONNECTIONS,
      applicationName: 'event-store-spec',
    });
    pools.push(made);
    return made;
  };
  await applyEventLogMigrations(pool());
  return {
    enter: () => new PostgresEventStore({ pool: pool() }),
    pool,
    pid: database.pid,
    stop: async () => {
      await Promise.all(pools.map((one) => one.end()));
      await database.stop();
    },
  };
}

export async function startPostgresStore(): Promise<StartedStore> {
  const database = await startLogDatabase();
  return { store: database.enter(), other: database.enter(), stop: () => database.stop() };
}
