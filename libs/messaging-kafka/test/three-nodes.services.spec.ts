import { afterAll, beforeAll } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { eventBusConformance } from '@poinciana/messaging/conformance';
import { startKafka, type KafkaCluster } from '@poinciana/testing';
import { kafkaBusHarness } from './kafka-bus-harness.js';

let kafka: KafkaCluster;
let database: TestDatabase;
beforeAll(async () => {
  [kafka, database] = await Promise.all([startKafka({ nodes: 3 }), startTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([kafka.close(), database.stop()]);
});

eventBusConformance('The bus on Kafka, three nodes,', () => kafkaBusHarness(kafka.brokers, database.url));
