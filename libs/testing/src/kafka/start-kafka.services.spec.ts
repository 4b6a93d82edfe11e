import { afterAll, beforeAll, expect, test } from '@jest/globals';
import kafkajs from 'kafkajs';
import { startKafka, type KafkaCluster } from './kafka-cluster.js';

let cluster: KafkaCluster;
beforeAll(async () => {
  cluster = await startKafka();
});
afterAll(() => cluster.close());

async function topics(): Promise<readonly string[]> {
  const admin = new kafkajs.Kafka({ brokers: [...cluster.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}

test('a broker keeps what it holds through a kill and a stop, at the same address', async () => {
  const admin = new kafkajs.Kafka({ brokers: [...cluster.brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 2 }], waitForLeaders: true });
  await admin.disconnect();
  await cluster.kill9(1);
  await expect(topics()).rejects.toThrow('ECONNREFUSED');
  await cluster.start(1);
  expect(await topics()).toContain('kept');
  await cluster.stop(1);
  await cluster.start(1);
  expect(await topics()).toContain('kept');
});

test('a node that the cluster does not have is refused', async () => {
  await expect(cluster.kill9(2)).rejects.toThrow(new RangeError('The cluster has no node 2'));
});
