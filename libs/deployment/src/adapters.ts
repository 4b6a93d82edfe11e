import { EVENT_LOG_SCHEMA, PostgresEventStore, applyEventLogMigrations } from '@poinciana/event-store-postgres';
import { LogEventBus, messagingLogMigrations } from '@poinciana/messaging-log';
import type { Adapters } from '@poinciana/service-kit';
import type { PoolClient } from 'pg';

/** At least 3, or appends wait for reads. */
const EVENT_STORE_CONNECTIONS_MAX = 10;

/** The log in PostgreSQL, and the log itself as the bus: what a service's own process stands on. */
export const adapters: Adapters<PoolClient> = {
  busMigrations: messagingLogMigrations,
  openEventStore: ({ openPool }) => {
    const pool = openPool(EVENT_LOG_SCHEMA, EVENT_STORE_CONNECTIONS_MAX);
    return {
      eventStore: new PostgresEventStore({ pool }),
      prepare: () => applyEventLogMigrations(pool),
      close: () => pool.end(),
    };
  },
  busOf: ({ eventStore, pool, report }) => new LogEventBus({ store: eventStore, pool, report }),
};
