import { randomUUID } from 'node:crypto';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { FrozenMember, QUICK_PROCESSING, type EventBusHarness } from '@poinciana/messaging/conformance';
import { PostgresCheckpointStore } from '@poinciana/messaging-log';
import { InMemoryRelayCheckpoints, KafkaEventBus, logPublication, LogRelay } from '@poinciana/messaging-kafka';
import type { PoolClient } from 'pg';
import { createConsumerSchema, PostgresEffects } from './consumer-database.js';
import { FrozenSockets } from './frozen-sockets.js';

const PARTITIONS = 8;
const QUICK_RELAY = { commitMs: 20, watermarkMs: 20 };
/** Small fetches, so that the test of back-pressure sees a bound below what it wrote. */
const QUICK_CONSUMER = {
  sessionTimeoutMs: 6_000,
  heartbeatMs: 300,
  fetchBytesMax: 64 * 1024,
  fetchWaitMs: 50,
  idleCommitMs: 20,
};

/** The bus on real brokers: for each test a topic, a group and a schema of their own, and a relay that feeds the topic. */
export async function kafkaBusHarness(
  brokers: readonly string[],
  databaseUrl: string,
): Promise<EventBusHarness<PoolClient>> {
  const name = randomUUID();
  const pool = await createConsumerSchema(databaseUrl, `consumer_${name.replaceAll('-', '')}`);
  const store = new InMemoryEventStore();
  const topic = { name: `conformance.${name}`, partitionCount: PARTITIONS };
  const fatal: Error[] = [];
  const onFatal = (error: Error) => void fatal.push(error);
  const relay = new LogRelay({
    store,
    checkpoints: new InMemoryRelayCheckpoints(),
    connection: { brokers, clientId: 'relay' },
    publication: logPublication(topic),
    bounds: QUICK_RELAY,
    onFatal,
  });
  relay.start();
  let fetched = 0;
  return {
    store,
    effects: new PostgresEffects(pool),
    eventsRead: () => fetched,
    stop: async () => {
      await relay.stop();
      await pool.end();
      if (fatal[0] !== undefined) throw fatal[0];
    },
    member: ({ batchEventsMax = 5_000, batchBytesMax = 8_000_000, processing, atStep } = {}) => {
      const frozen = new FrozenMember();
      const sockets = new FrozenSockets();
      const bus = new KafkaEventBus<PoolClient>({
        store,
        checkpoints: new PostgresCheckpointStore(pool),
        connection: { brokers, clientId: 'member', socketFactory: sockets.factory },
        topic,
        groupPrefix: `${name}.`,
        bounds: { ...QUICK_CONSUMER, eventsMax: batchEventsMax, bytesMax: batchBytesMax },
        processing: { ...QUICK_PROCESSING, ...processing },
        atStep: frozen.atStep(atStep),
        onFatal,
        onFetched: (records) => (fetched += records),
      });
      return {
        bus,
        freeze: () => {
          frozen.freeze();
          sockets.freeze();
        },
        thaw: () => {
          sockets.thaw();
          frozen.thaw();
        },
      };
    },
  };
}
