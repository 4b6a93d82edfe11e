import { spawnSync } from 'node:child_process';
import type { Detour } from './detour.js';
import { startKafkaContainers } from './kafka-containers.js';
import { startJavaKafka } from './java-kafka.js';

export interface KafkaClusterOptions {
  /** Three have replication 3 and acknowledge what two of them hold; one is all by itself. */
  readonly nodes?: 1 | 3;
}

/** A real broker, or three, on the loopback interface. Topics are never made by themselves. Nodes count from 1. */
export interface KafkaCluster {
  /** Addresses of all nodes; they stay the same through stops, kills and starts. */
  readonly brokers: readonly string[];
  readonly detour: Detour;
  /** The number of a node's process on this machine; undefined while there is none. */
  pidOf(node: number): Promise<number | undefined>;
  /** Ends a node as a crash does. Its data stays. */
  kill9(node: number): Promise<void>;
  /** Starts a node that was stopped or killed, and waits until it answers. */
  start(node: number): Promise<void>;
  stop(node: number): Promise<void>;
  /** Ends all nodes and removes their data. */
  close(): Promise<void>;
}

/** A bound against hanging: on a machine at work, Java alone may take long to say its version. */
const PROBE_MS = 60_000;

/**
 * Starts Kafka in containers where Docker is, else on Java from the jars that Maven downloads once. Throws a sentence that says
 * what is missing where there is neither.
 */
export async function startKafka({ nodes = 1 }: KafkaClusterOptions = {}): Promise<KafkaCluster> {
  if (answers('docker', ['info'])) return startKafkaContainers(nodes);
  const missing = [
    ...(answers('java', ['-version']) ? [] : ['Java 17 or newer (java)']),
    ...(answers('mvn', ['-version']) ? [] : ['Maven (mvn)']),
  ];
  if (missing.length === 0) return startJavaKafka(nodes);
  throw new Error(
    `A Kafka broker is needed: Docker does not answer, and without it ${missing.join(' and ')} must be on the path.`,
  );
}

function answers(program: string, parameters: readonly string[]): boolean {
  return spawnSync(program, parameters, { stdio: 'ignore', timeout: PROBE_MS }).status === 0;
}
