import { kafkaEntries } from '@poinciana/deployment';
import { LOG_TOPIC } from '@poinciana/messaging-kafka';
import { type SettingsOf, specifySettings } from '@poinciana/service-kit';

const HOURS_OF_A_WEEK = 168;
const HOURS_OF_TEN_YEARS = 87_600;

/** What whoever operates the relay decides. */
export const relaySettings = specifySettings({
  ...kafkaEntries,
  brokers: {
    name: 'POINCIANA_KAFKA_BROKERS',
    type: 'text',
    description: 'The addresses of Kafka brokers, host:port, separated by commas; several, so that one may be down.',
  },
  replicationFactor: {
    name: 'POINCIANA_KAFKA_REPLICATION',
    type: 'integer',
    min: -1,
    max: 10,
    default: -1,
    description: `How many brokers hold ${LOG_TOPIC} when the relay makes it; -1 for the default of the brokers.`,
  },
  retentionHours: {
    name: 'POINCIANA_KAFKA_RETENTION_HOURS',
    type: 'integer',
    min: 1,
    max: HOURS_OF_TEN_YEARS,
    default: HOURS_OF_A_WEEK,
    description: `How long ${LOG_TOPIC} keeps its records when the relay makes it. They hold personal values.`,
  },
});
export type RelaySettings = SettingsOf<typeof relaySettings>;
