export { startKafka, type KafkaCluster, type KafkaClusterOptions } from './kafka/kafka-cluster.js';
