import { kafkaEntries } from '@poinciana/deployment';
import { type SettingsOf, specifySettings, TOKEN_SECRET_LENGTH_MIN } from '@poinciana/service-kit';

const HOURS_OF_A_WEEK = 168;
const HOURS_OF_TEN_YEARS = 87_600;

/** What whoever operates the service decides. */
export const ingestionSettings = specifySettings({
  filesFolder: {
    name: 'POINCIANA_UPLOADS_FOLDER',
    type: 'text',
    description: 'The folder in which uploaded files are kept.',
    default: '.poinciana/uploads',
  },
  ...kafkaEntries,
  replicationFactor: {
    name: 'POINCIANA_KAFKA_REPLICATION',
    type: 'integer',
    min: -1,
    max: 10,
    default: -1,
    description: 'How many brokers hold a topic that is made; -1 for the default of the brokers.',
  },
  inbound: {
    name: 'POINCIANA_KAFKA_INBOUND',
    type: 'switch',
    default: false,
    description: 'Whether other programs may bring in participants over Kafka.',
  },
  inboundPartitions: {
    name: 'POINCIANA_KAFKA_INBOUND_PARTITIONS',
    type: 'integer',
    min: 1,
    max: 1_000,
    default: 8,
    description: 'How many partitions the topics of that door have. Fixed for ever when they are made.',
  },
  inboundRetentionHours: {
    name: 'POINCIANA_KAFKA_INBOUND_RETENTION_HOURS',
    type: 'integer',
    min: 1,
    max: HOURS_OF_TEN_YEARS,
    default: HOURS_OF_A_WEEK,
    description: 'How long these topics keep their records when they are made. Inbound ones hold personal values.',
  },
  inboundAudience: {
    name: 'POINCIANA_KAFKA_INBOUND_AUDIENCE',
    type: 'text',
    default: 'poinciana-inbound',
    description: 'Whom the tokens in records are for. They lie in a topic, so they must not open the API.',
  },
  tokenSecret: {
    name: 'POINCIANA_TOKEN_SECRET',
    type: 'secret',
    lengthMin: TOKEN_SECRET_LENGTH_MIN,
    required: false,
    description: 'What the tokens in records are signed with, as those of the API are.',
  },
  tokenIssuer: {
    name: 'POINCIANA_TOKEN_ISSUER',
    type: 'text',
    default: 'poinciana',
    description: 'Who signs tokens.',
  },
  keepUploadsDays: {
    name: 'POINCIANA_UPLOADS_KEEP_DAYS',
    type: 'integer',
    description: 'How many days after its end the file of an upload and the problems of its rows are kept.',
    default: 30,
    min: 0,
    max: 3_650,
  },
  keepUnfinishedHours: {
    name: 'POINCIANA_UPLOADS_UNFINISHED_HOURS',
    type: 'integer',
    description: 'How many hours an upload that was broken off may be gone on with.',
    default: 24,
    min: 1,
    max: HOURS_OF_A_WEEK,
  },
  keepAnswersHours: {
    name: 'POINCIANA_ANSWERS_KEEP_HOURS',
    type: 'integer',
    description: 'How many hours a repeated request with the same Idempotency-Key is answered as the first.',
    default: 24,
    min: 1,
    max: 720,
  },
});
export type IngestionSettings = SettingsOf<typeof ingestionSettings>;
