import { contractSchemas, type ContractSchema } from '@poinciana/contracts/schemas';
import { kafkaEntries } from '@poinciana/deployment';
import { LOG_TOPIC, RELAY_BOUNDS } from '@poinciana/messaging-kafka';
import { SettingsError, type SettingsOf, specifySettings } from '@poinciana/service-kit';

const MS_OF_A_SECOND = 1_000;
const HOURS_OF_A_WEEK = 168;
const HOURS_OF_TEN_YEARS = 87_600;
const PUBLISHED = 'POINCIANA_KAFKA_PUBLISHED';

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
    description: 'How many brokers hold a topic when the relay makes it; -1 for the default of the brokers.',
  },
  retentionHours: {
    name: 'POINCIANA_KAFKA_RETENTION_HOURS',
    type: 'integer',
    min: 1,
    max: HOURS_OF_TEN_YEARS,
    default: HOURS_OF_A_WEEK,
    description: `How long a topic keeps its records when the relay makes it. Those of ${LOG_TOPIC} hold personal values.`,
  },
  published: {
    name: PUBLISHED,
    type: 'text',
    default: 'all',
    description:
      'Which categories of events other programs may read, in a topic each: all, none, or their names, separated by commas.',
  },
  publishedPartitions: {
    name: 'POINCIANA_KAFKA_PUBLISHED_PARTITIONS',
    type: 'integer',
    min: 1,
    max: 1_000,
    default: 8,
    description: 'How many partitions each topic for others has. Fixed for ever when a topic is first published.',
  },
  publishedPersonal: {
    name: 'POINCIANA_KAFKA_PUBLISHED_PERSONAL',
    type: 'switch',
    default: false,
    description: 'Whether the topics for others carry personal values.',
  },
  leaseSeconds: {
    name: 'POINCIANA_RELAY_LEASE_SECONDS',
    type: 'integer',
    min: 2,
    max: 300,
    default: RELAY_BOUNDS.leaseMs / MS_OF_A_SECOND,
    description: 'How long after the crash of the relay that publishes another one takes over.',
  },
});
export type RelaySettings = SettingsOf<typeof relaySettings>;

/** The contracts whose events are published for others. Throws `SettingsError` for a category that there is not. */
export function publishedContracts({ published }: RelaySettings): readonly ContractSchema[] {
  const all = contractSchemas.filter(({ events }) => Object.keys(events).length > 0);
  if (published === 'all') return all;
  if (published === 'none') return [];
  const named = published.split(',').map((category) => category.trim());
  const unknown = named.filter((category) => !all.some((contract) => contract.category === category));
  if (unknown.length > 0) {
    const known = all.map(({ category }) => category).join(', ');
    throw new SettingsError([`${PUBLISHED} names ${unknown.join(', ')}; categories are: ${known}.`]);
  }
  return all.filter(({ category }) => named.includes(category));
}
