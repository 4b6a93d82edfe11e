import type { EventStore } from '@poinciana/event-sourcing';
import { LeasedLogBus, type LogBusSettings } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { PostgresCheckpointStore } from './postgres-checkpoint-store.js';
import { PostgresPartitionLeases } from './postgres-partition-leases.js';

export interface LogEventBusOptions extends LogBusSettings {
  readonly store: EventStore;
  /** The consumer's own database; its search path is the schema that holds `migrationsFolder`'s tables. */
  readonly pool: Pool;
}

/** The event bus read from the event log itself: no broker, only the consumer's PostgreSQL. */
export class LogEventBus extends LeasedLogBus<PoolClient> {
  constructor({ store, pool, ...settings }: LogEventBusOptions) {
    super({
      ...settings,
      store,
      checkpoints: new PostgresCheckpointStore(pool),
      leases: new PostgresPartitionLeases(pool),
    });
  }
}
