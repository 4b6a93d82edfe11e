import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs';
import { withAdmin, type KafkaConnection } from './client/kafka-client.js';
import { TopicMissingError, TopicPartitionsError, TopicStampError } from './errors.js';

/** The one internal topic: every category in log order. What others read are topics of their own. */
export const LOG_TOPIC = 'poinciana.log.v1';
/** Fixed for ever; the bus on the log itself divides keys in the same way, so a group may move from one to the other. */
export const LOG_PARTITIONS = 16;

export interface LogTopic {
  readonly name: string;
  readonly partitionCount: number;
}

export const STANDARD_LOG_TOPIC: LogTopic = { name: LOG_TOPIC, partitionCount: LOG_PARTITIONS };

/** How the topic is made, where it is not there yet. */
export interface TopicCreation {
  /** -1: what the brokers have as their default. */
  readonly replicationFactor?: number;
  /** Records hold personal values, so they do not stay for ever. */
  readonly retentionMs?: number;
  /** What the brokers take as one batch of records; a larger one is refused. */
  readonly recordBytesMax?: number;
  /** Whether the brokers stamp each record when they take it, whatever its writer says the time is. */
  readonly isStampedByBrokers?: boolean;
}

const RETENTION_MS = 7 * 24 * 3_600_000;
/** An event is at most 768 KiB; as JSON inside JSON it may grow. */
const RECORD_BYTES_MAX = 4 * 1024 * 1024;
const STAMP = 'message.timestamp.type';
const STAMP_OF_BROKERS = 'LogAppendTime';

/** Makes the topic if it is missing. Throws `TopicPartitionsError` or `TopicStampError` when it is there in another way. */
export async function ensureLogTopic(
  connection: KafkaConnection,
  topic: LogTopic,
  creation: TopicCreation = {},
): Promise<void> {
  await withAdmin(connection, async (admin) => {
    if ((await partitionsOf(admin, topic)) === undefined) {
      // Somebody else may make it at the same moment, in the same way; that is no error and answered with false.
      await admin.createTopics({ topics: [newTopic(topic, creation)], waitForLeaders: true });
    }
    await check(admin, topic);
    if (creation.isStampedByBrokers === true) await checkStamp(admin, topic);
  });
}

function newTopic({ name, partitionCount }: LogTopic, creation: TopicCreation): ITopicConfig {
  const { replicationFactor = -1, retentionMs = RETENTION_MS, recordBytesMax = RECORD_BYTES_MAX } = creation;
  return {
    topic: name,
    numPartitions: partitionCount,
    replicationFactor,
    configEntries: [
      { name: 'retention.ms', value: String(retentionMs) },
      { name: 'max.message.bytes', value: String(recordBytesMax) },
      ...(creation.isStampedByBrokers === true ? [{ name: STAMP, value: STAMP_OF_BROKERS }] : []),
    ],
  };
}

/** Throws `TopicMissingError` or `TopicPartitionsError`. */
export async function checkLogTopic(connection: KafkaConnection, topic: LogTopic): Promise<void> {
  await withAdmin(connection, (admin) => check(admin, topic));
}

async function check(admin: Admin, topic: LogTopic): Promise<void> {
  const found = await partitionsOf(admin, topic);
  if (found === undefined) throw new TopicMissingError(topic.name);
  if (found !== topic.partitionCount) throw new TopicPartitionsError(topic.name, found, topic.partitionCount);
}

async function checkStamp(admin: Admin, { name }: LogTopic): Promise<void> {
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: [STAMP] };
  const { resources } = await admin.describeConfigs({ resources: [resource], includeSynonyms: false });
  const found = resources[0]?.configEntries[0]?.configValue;
  if (found !== STAMP_OF_BROKERS) throw new TopicStampError(name);
}

async function partitionsOf(admin: Admin, { name }: LogTopic): Promise<number | undefined> {
  if (!(await admin.listTopics()).includes(name)) return undefined;
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
  return topics[0]?.partitions.length;
}

/** From which offset to which a partition has records: `low` is the first, `high` the one that the next record gets. */
export interface OffsetRange {
  readonly low: number;
  readonly high: number;
}

export async function offsetRanges(
  connection: KafkaConnection,
  topic: LogTopic,
): Promise<ReadonlyMap<number, OffsetRange>> {
  const offsets = await withAdmin(connection, (admin) => admin.fetchTopicOffsets(topic.name));
  return new Map(offsets.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]));
}
