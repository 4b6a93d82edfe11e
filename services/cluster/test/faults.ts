import { setTimeout as pause } from 'node:timers/promises';
import type { Replica } from '../src/index.js';
import type { RunningCluster } from './running-cluster.js';
import { until } from './running-cluster.js';

const BROKER = 1;
const PUBLISHING = /^poinciana_relay_state\{topic="poinciana\.log\.v1",state="publishing"\} 1$/m;
/** Work goes on this long between two things that happen. */
const WORK_MS = 3_000;
/** A fault that lasts long has a lighter load, so that its end does not wait for what piled up. */
const LIGHT_LOAD_EVERY_MS = 1_000;

/** The replicas whose network to the brokers can be cut. */
export const ON_DETOUR = ['flow-execution 1', 'flow-execution 2', 'communication-dispatch 2'] as const;

/** Something that happens to a cluster under load; it is over when the cluster is whole again. */
export interface Fault {
  readonly name: string;
  /** Between two requests of the load, where it is another than the usual. */
  readonly loadEveryMs?: number;
  strike(running: RunningCluster): Promise<void>;
}

/** The broker is killed, and started again by whoever looks after the cluster. */
export const killedBroker: Fault = {
  name: 'the broker killed and restarted',
  strike: async ({ cluster }) => {
    await cluster.kafka.kill9(BROKER);
    await pause(WORK_MS);
    await until('the broker is back', async () => (await cluster.kafka.pidOf(BROKER)) !== undefined);
  },
};

/** The database is killed, and started again by its supervisor. */
export const killedDatabase: Fault = {
  name: 'the database killed and restarted',
  strike: async ({ cluster }) => {
    const { pid } = cluster.database;
    process.kill(pid, 'SIGKILL');
    await until('the database is back', () => Promise.resolve(cluster.database.pid !== pid));
  },
};

/** The network between services and the broker goes silent; all of one service, one replica of another. */
export function cutNetwork(ms: number): Fault {
  return {
    name: `the network between services and the broker cut for ${ms / 1_000} s`,
    strike: async ({ cluster }) => {
      cluster.kafka.detour.cut();
      await pause(ms);
      cluster.kafka.detour.mend();
    },
  };
}

/** Replicas join; one leaves as it is told to, one is killed for good, and one that was there crashes. */
export const changingReplicas: Fault = {
  name: 'replicas joining, leaving and crashing',
  strike: async (running) => {
    const { replicas } = running.cluster;
    const joined = await Promise.all([replicas.start('flow-execution', 3), replicas.start('analytics-projections', 3)]);
    await pause(WORK_MS);
    const [flows, views] = joined;
    await replicas.leave(views);
    await pause(WORK_MS);
    await replicas.leave(flows, 'SIGKILL');
    const [dispatch] = replicas.of('communication-dispatch');
    if (dispatch !== undefined) await crash(running, dispatch);
  },
};

/** The relay that publishes is killed, again and again; each time the other one takes over. */
export function killedRelays(kills: number): Fault {
  return {
    name: `the publishing relay killed ${kills} times`,
    loadEveryMs: LIGHT_LOAD_EVERY_MS,
    strike: async (running) => {
      for (let kill = 1; kill <= kills; kill += 1) await crash(running, await publishingRelay(running));
    },
  };
}

/** Kills a replica, and waits until another process of the same name is up. */
async function crash({ cluster, output }: RunningCluster, replica: Replica): Promise<void> {
  const { part, number } = replica.program;
  process.kill(replica.pid, 'SIGKILL');
  await until(
    `${replica.name} is back`,
    () => {
      const now = cluster.replicas.of(part).find(({ program }) => program.number === number);
      return Promise.resolve(now !== undefined && now !== replica);
    },
    () => output().slice(-4_000),
  );
}

async function publishingRelay({ cluster }: RunningCluster): Promise<Replica> {
  let publishing: Replica | undefined;
  await until('a relay publishes', async () => {
    for (const relay of cluster.replicas.of('event-relay')) {
      const page = await fetch(`${relay.url}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      );
      if (PUBLISHING.test(page)) publishing = relay;
    }
    return publishing !== undefined;
  });
  if (publishing === undefined) throw new Error('No relay publishes');
  return publishing;
}
