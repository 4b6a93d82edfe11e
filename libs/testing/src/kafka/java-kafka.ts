import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilBrokerAnswers } from './broker-answers.js';
import { type Detour, detourOver, DetourPort } from './detour.js';
import { JavaNode } from './java-node.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { freePorts } from './free-ports.js';
import { kafkaJars } from './kafka-jars.js';
import { nodeProperties, type NodePorts } from './node-settings.js';

/** Free ports may be taken by others before a broker listens on them. */
const STARTS_MAX = 3;

/** A cluster of Java processes, its data in a temporary folder. */
export async function startJavaKafka(nodes: number): Promise<KafkaCluster> {
  for (let attempt = 1; ; attempt += 1) {
    const cluster = await JavaKafka.prepare(nodes);
    try {
      await cluster.startAll();
      return cluster;
    } catch (error) {
      await cluster.close();
      if (attempt === STARTS_MAX) throw error;
    }
  }
}

class JavaKafka implements KafkaCluster {
  readonly brokers: readonly string[];
  readonly detour: Detour;

  private constructor(
    private readonly folder: string,
    private readonly nodes: readonly JavaNode[],
    private readonly detours: readonly DetourPort[],
    ports: readonly NodePorts[],
  ) {
    this.brokers = ports.map(({ client }) => `127.0.0.1:${client}`);
    this.detour = detourOver(detours);
  }

  static async prepare(count: number): Promise<JavaKafka> {
    const jars = await kafkaJars();
    const folder = await mkdtemp(join(tmpdir(), 'poinciana-kafka-'));
    const free = await freePorts(count * 4);
    const detours = await Promise.all(free.slice(count * 3).map((behind) => DetourPort.listen(() => behind)));
    const ports = detours.map(({ port: detour }, index): NodePorts => {
      const [client = 0, internal = 0, controller = 0] = free.slice(index * 3);
      return { client, internal, controller, detour, behindDetour: free[count * 3 + index] ?? 0 };
    });
    // A leading hyphen would be read as an option.
    const clusterId = `A${randomBytes(16).toString('base64url').slice(1)}`;
    const nodes = ports.map((_, index) => {
      const home = join(folder, `node-${index + 1}`);
      return new JavaNode({
        folder: home,
        jars,
        clusterId,
        properties: nodeProperties(index + 1, ports, join(home, 'data')),
      });
    });
    return new JavaKafka(folder, nodes, detours, ports);
  }

  async startAll(): Promise<void> {
    await Promise.all(this.nodes.map((_, index) => this.start(index + 1)));
  }

  async start(node: number): Promise<void> {
    const one = this.node(node);
    await one.start();
    try {
      await untilBrokerAnswers(this.brokers[node - 1] ?? '', node, () => !one.runs);
    } catch (error) {
      throw new Error(`The Kafka node ${node} did not start:\n${await one.log()}`, { cause: error });
    }
  }

  async pidOf(node: number): Promise<number | undefined> {
    return this.node(node).processId;
  }

  async kill9(node: number): Promise<void> {
    await this.node(node).end('SIGKILL');
  }

  async stop(node: number): Promise<void> {
    await this.node(node).end('SIGTERM');
  }

  async close(): Promise<void> {
    await Promise.all([
      ...this.nodes.map((node) => node.end('SIGKILL')),
      ...this.detours.map((detour) => detour.close()),
    ]);
    await rm(this.folder, { recursive: true, force: true });
  }

  private node(number: number): JavaNode {
    const node = this.nodes[number - 1];
    if (node === undefined) throw new RangeError(`The cluster has no node ${number}`);
    return node;
  }
}
