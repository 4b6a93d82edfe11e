import { EVENT_LOG_SCHEMA, PostgresEventStore, applyEventLogMigrations } from '@poinciana/event-store-postgres';
import { KafkaEventBus } from '@poinciana/messaging-kafka';
import { LogEventBus, messagingLogMigrations, PostgresCheckpointStore } from '@poinciana/messaging-log';
import { SettingsError, specifySettings, type Adapters, type ProcessBusSurroundings } from '@poinciana/service-kit';
import type { PoolClient } from 'pg';
import { endProcess } from './end-process.js';
import { kafkaConnection, kafkaSettings } from './kafka-settings.js';

/** At least 3, or appends wait for reads. */
const EVENT_STORE_CONNECTIONS_MAX = 10;

const busSettings = specifySettings({
  bus: {
    name: 'POINCIANA_BUS',
    type: 'choice',
    choices: ['log', 'kafka'],
    default: 'log',
    description:
      'From where services learn of events: the log itself, or Kafka, which an event relay feeds from the log.',
  },
});

/** The log in PostgreSQL, and as the bus the log itself or Kafka: what a service's own process stands on. */
export const adapters: Adapters<PoolClient> = {
  settings: [busSettings, kafkaSettings],
  busMigrations: messagingLogMigrations,
  openEventStore: ({ openPool }) => {
    const pool = openPool(EVENT_LOG_SCHEMA, EVENT_STORE_CONNECTIONS_MAX);
    return {
      eventStore: new PostgresEventStore({ pool }),
      prepare: () => applyEventLogMigrations(pool),
      close: () => pool.end(),
    };
  },
  busOf: (surroundings) => {
    const { eventStore, pool, report, environment } = surroundings;
    const isKafka = busSettings.read(environment).bus === 'kafka';
    return isKafka ? kafkaBus(surroundings) : new LogEventBus({ store: eventStore, pool, report });
  },
};

function kafkaBus({ definition, eventStore, pool, report, environment }: ProcessBusSurroundings) {
  const connection = kafkaConnection(kafkaSettings.read(environment), definition.name);
  if (connection.brokers.length === 0) {
    throw new SettingsError(['POINCIANA_KAFKA_BROKERS is missing: POINCIANA_BUS is kafka.']);
  }
  const checkpoints = new PostgresCheckpointStore(pool);
  return new KafkaEventBus({ store: eventStore, checkpoints, connection, report, onFatal: endProcess });
}
