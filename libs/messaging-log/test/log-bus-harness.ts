import type { EventStore } from '@poinciana/event-sourcing';
import { LeasedLogBus } from '@poinciana/messaging';
import {
  CountingEventStore,
  FrozenMember,
  QUICK_MEMBERSHIP,
  QUICK_PROCESSING,
  type EventBusHarness,
} from '@poinciana/messaging/conformance';
import { PostgresCheckpointStore, PostgresPartitionLeases } from '@poinciana/messaging-log';
import type { PoolClient } from 'pg';
import { createConsumerSchema, PostgresEffects } from './consumer-database.js';

let schemasMade = 0;

/** The bus on PostgreSQL over any store: a fresh schema of a consumer for each test. */
export async function logBusHarness(
  url: string,
  inner: EventStore,
  stopStore = async () => {},
): Promise<EventBusHarness<PoolClient>> {
  schemasMade += 1;
  const pool = await createConsumerSchema(url, `consumer_${schemasMade}`);
  const store = new CountingEventStore(inner);
  return {
    store,
    effects: new PostgresEffects(pool),
    eventsRead: () => store.eventsRead,
    stop: async () => {
      await pool.end();
      await stopStore();
    },
    member: ({ batchEventsMax = 5_000, batchBytesMax = 8_000_000, processing, atStep } = {}) => {
      const frozen = new FrozenMember();
      const bus = new LeasedLogBus({
        store,
        checkpoints: new PostgresCheckpointStore(pool),
        leases: frozen.leases(new PostgresPartitionLeases(pool)),
        membership: QUICK_MEMBERSHIP,
        batches: { eventsMax: batchEventsMax, bytesMax: batchBytesMax },
        processing: { ...QUICK_PROCESSING, ...processing },
        atStep: frozen.atStep(atStep),
      });
      return { bus, freeze: () => frozen.freeze(), thaw: () => frozen.thaw() };
    },
  };
}
