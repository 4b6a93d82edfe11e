import { GenericContainer, getContainerRuntimeClient, Network, type StartedTestContainer } from 'testcontainers';
import { untilBrokerAnswers } from './broker-answers.js';
import { detourOver, DetourPort } from './detour.js';
import { freePorts } from './free-ports.js';
import type { KafkaCluster } from './kafka-cluster.js';
import { clusterSettings, type NodePorts } from './node-settings.js';

const IMAGE = 'apache/kafka:4.1.0';
/** The form that Kafka wants: 16 bytes in base64. */
const CLUSTER_ID = 'cG9pbmNpYW5hLXRlc3RzIQ';

/** A cluster of containers. Its client ports are chosen beforehand, so that they survive a kill and a start. */
export async function startKafkaContainers(nodes: number): Promise<KafkaCluster> {
  const network = await new Network().start();
  const free = await freePorts(nodes * 2);
  const ports = free.slice(0, nodes);
  const detours = await Promise.all(free.slice(nodes).map((behind) => DetourPort.listen(() => behind)));
  const containers = await Promise.all(
    ports.map((client, index) => {
      const detour = detours[index]?.port ?? 0;
      return startContainer(network.getName(), index + 1, nodes, {
        client,
        detour,
        behindDetour: free[nodes + index] ?? 0,
      });
    }),
  );
  const { container: runtime } = await getContainerRuntimeClient();
  const brokers = ports.map((port) => `127.0.0.1:${port}`);
  const one = (node: number) => {
    const container = containers[node - 1];
    if (container === undefined) throw new RangeError(`The cluster has no node ${node}`);
    return runtime.getById(container.getId());
  };
  const answers = (node: number) => untilBrokerAnswers(brokers[node - 1] ?? '', node, () => false);
  await Promise.all(brokers.map((_, index) => answers(index + 1)));
  return {
    brokers,
    detour: detourOver(detours),
    pidOf: async (node) => (await one(node).inspect()).State.Pid || undefined,
    kill9: async (node) => void (await one(node).kill({ signal: 'SIGKILL' })),
    stop: async (node) => void (await one(node).stop()),
    start: async (node) => {
      await one(node).start();
      await answers(node);
    },
    close: async () => {
      await Promise.all(containers.map((container) => container.stop()));
      await Promise.all(detours.map((detour) => detour.close()));
      await network.stop();
    },
  };
}

async function startContainer(
  network: string,
  node: number,
  nodes: number,
  { client, detour, behindDetour }: Pick<NodePorts, 'client' | 'detour' | 'behindDetour'>,
): Promise<StartedTestContainer> {
  const voters = Array.from({ length: nodes }, (_, index) => `${index + 1}@kafka-${index + 1}:9093`).join(',');
  const settings = {
    ...clusterSettings(nodes),
    'node.id': node,
    'controller.quorum.voters': voters,
    listeners: 'CLIENT://:9092,DETOUR://:9095,INTERNAL://:9094,CONTROLLER://:9093',
    'advertised.listeners': `CLIENT://127.0.0.1:${client},DETOUR://127.0.0.1:${detour},INTERNAL://kafka-${node}:9094`,
  };
  const environment = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`,
      String(value),
    ]),
  );
  return new GenericContainer(IMAGE)
    .withNetworkMode(network)
    .withNetworkAliases(`kafka-${node}`)
    .withExposedPorts({ container: 9092, host: client }, { container: 9095, host: behindDetour })
    .withEnvironment({ ...environment, CLUSTER_ID, KAFKA_HEAP_OPTS: '-Xms64m -Xmx256m' })
    .start();
}
