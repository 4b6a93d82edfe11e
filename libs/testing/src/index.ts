export type { Detour } from './kafka/detour.js';
export { startKafka, type KafkaCluster, type KafkaClusterOptions } from './kafka/kafka-cluster.js';
export { readTopic, type ReadRecord } from './kafka/read-topic.js';
