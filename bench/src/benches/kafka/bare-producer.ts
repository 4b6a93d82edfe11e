import type { StoredEvent } from '@poinciana/event-sourcing';
import { partitionOfKey } from '@poinciana/messaging';
import {
  eventRecord,
  kafkaClient,
  RELAY_BOUNDS,
  type KafkaConnection,
  type LogTopic,
} from '@poinciana/messaging-kafka';
import type { Message, Producer } from 'kafkajs';

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The same events sent in the same way as the relay does, by nothing but kafkajs: out of memory, all partitions in parallel, one
 * send a partition after the other, the same records in batches of the same size, acknowledged by all replicas.
 */
export async function connectBareProducer(connection: KafkaConnection): Promise<Producer> {
  const retry = { initialRetryTime: 50, maxRetryTime: 250, retries: 2 };
  const producer = kafkaClient(connection, retry, REQUEST_TIMEOUT_MS).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return producer;
}

export async function sendBare(producer: Producer, topic: LogTopic, events: readonly StoredEvent[]): Promise<void> {
  const partitions = Array.from({ length: topic.partitionCount }, (): StoredEvent[] => []);
  for (const event of events) partitions[partitionOfKey(event.key, topic.partitionCount)]?.push(event);
  await Promise.all(partitions.map((own, partition) => sendPartition(producer, topic, own, partition)));
}

async function sendPartition(
  producer: Producer,
  topic: LogTopic,
  events: readonly StoredEvent[],
  partition: number,
): Promise<void> {
  for (let at = 0; at < events.length; at += RELAY_BOUNDS.sendEventsMax) {
    const messages = events
      .slice(at, at + RELAY_BOUNDS.sendEventsMax)
      .map((event, index): Message => eventRecord(event, events[at + index - 1]?.position.number ?? 0, partition));
    await producer.send({ topic: topic.name, acks: -1, timeout: REQUEST_TIMEOUT_MS, messages });
  }
}
