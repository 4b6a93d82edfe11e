/** Where a node listens, and for whom. */
export interface NodePorts {
  readonly client: number;
  readonly internal: number;
  readonly controller: number;
  /** The port that clients on the detour are told, and the one behind it. */
  readonly detour: number;
  readonly behindDetour: number;
}

/** What differs from a broker of production: nothing is created by itself, groups rebalance at once, everything is small. */
export function clusterSettings(nodes: number): Readonly<Record<string, string | number | boolean>> {
  const copies = nodes < 3 ? 1 : 3;
  const inSync = nodes < 3 ? 1 : 2;
  return {
    'process.roles': 'broker,controller',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,DETOUR:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'default.replication.factor': copies,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': inSync,
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
    // A killed node is refused until its old session is over. Shorter ones run out by themselves on a busy machine.
    'broker.heartbeat.interval.ms': 1_000,
    'broker.session.timeout.ms': 6_000,
    'log.retention.check.interval.ms': 1_000,
    'log.initial.task.delay.ms': 1_000,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'log.cleaner.threads': 1,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
    'log.segment.bytes': 64 * 1024 * 1024,
    'log.index.size.max.bytes': 1024 * 1024,
  };
}

/** The properties file of one node of a cluster on one machine. */
export function nodeProperties(node: number, ports: readonly NodePorts[], dataFolder: string): string {
  const own = ports[node - 1];
  if (own === undefined) throw new RangeError(`The cluster has no node ${node}`);
  const voters = ports.map(({ controller }, index) => `${index + 1}@127.0.0.1:${controller}`).join(',');
  const at = (listener: string, port: number): string => `${listener}://127.0.0.1:${port}`;
  const direct = [at('CLIENT', own.client), at('INTERNAL', own.internal)];
  const settings = {
    ...clusterSettings(ports.length),
    'node.id': node,
    'controller.quorum.voters': voters,
    listeners: [...direct, at('DETOUR', own.behindDetour), at('CONTROLLER', own.controller)].join(','),
    'advertised.listeners': [...direct, at('DETOUR', own.detour)].join(','),
    'log.dirs': dataFolder,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
