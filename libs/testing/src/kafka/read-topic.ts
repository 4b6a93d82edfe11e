import { randomUUID } from 'node:crypto';
import kafkajs, { type Kafka, type KafkaMessage } from 'kafkajs';

export type ReadRecord = KafkaMessage & { readonly partition: number };

/** Every record that a topic holds when this is called, by partition and offset: what the log of the brokers says, whoever wrote it. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<readonly ReadRecord[]> {
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 30 },
  });
  const open = await endsOf(kafka, topic);
  const records: ReadRecord[] = [];
  if (open.size === 0) return records;
  const consumer = kafka.consumer({
    groupId: `read-${randomUUID()}`,
    sessionTimeout: 10_000,
    allowAutoTopicCreation: false,
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachBatch = async ({
      batch,
    }: {
      batch: { partition: number; messages: KafkaMessage[]; lastOffset(): string };
    }) => {
      const { partition } = batch;
      for (const { key, value, headers = {}, offset, timestamp, attributes } of batch.messages)
        records.push({ partition, key, value, headers, offset, timestamp, attributes });
      if (Number(batch.lastOffset()) + 1 >= (open.get(batch.partition) ?? Infinity)) open.delete(batch.partition);
      if (open.size === 0) resolve();
    };
    consumer.run({ eachBatch }).catch(reject);
  });
  await consumer.disconnect();
  return records.sort((one, other) => one.partition - other.partition || Number(one.offset) - Number(other.offset));
}

/** The end of each partition that has records. */
async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(
      offsets
        .filter(({ low, high }) => Number(high) > Number(low))
        .map(({ partition, high }) => [partition, Number(high)]),
    );
  } finally {
    await admin.disconnect();
  }
}
