import { EmbeddedDatabaseError } from '@poinciana/embedded-database';
import type { Cluster } from './composition/cluster.js';
import { UsageError } from './options.js';
import { ReplicaStartError } from './processes/replica.js';
import { residentMib } from './processes/resident-memory.js';

/** What is said when everything is up. */
export async function welcome(cluster: Cluster, seconds: number): Promise<string> {
  const { url, kafka, replicas } = cluster;
  const processes = replicas
    .all()
    .map(({ name, pid, url: own }) => `  ${name.padEnd(26)}${own ?? ''}  process ${pid}`)
    .toSorted();
  return [
    `The cluster is ready: started in ${seconds.toFixed(1)} s.`,
    `  API                       ${url}/api`,
    `  Kafka                     ${kafka.brokers.join(',')}`,
    ...processes,
    '  Each process has /health/ready and /metrics at its own address.',
    `  Token for the API         ${await cluster.token()}`,
    'Ctrl-C ends it.',
  ].join('\n');
}

/** What each process holds in memory now. */
export async function residentMemory({ replicas }: Cluster): Promise<string> {
  const processes = [...replicas.all()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const lines = await Promise.all(
    processes.map(async ({ name, pid }) => {
      const mib = await residentMib(pid);
      return mib === undefined ? [] : [`  ${name.padEnd(26)}${String(mib).padStart(4)} MiB`];
    }),
  );
  return ['', 'Resident memory', ...lines.flat()].join('\n');
}

/** One sentence for everything that is theirs to set right, and all there is to know about anything else, which is a bug. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isTheirs = [UsageError, EmbeddedDatabaseError, ReplicaStartError].some((kind) => error instanceof kind);
  if (isTheirs || /^(A Kafka broker is needed|Maven could not)/.test(error.message)) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') return 'The port is in use; name another one with --port.';
  return error.stack ?? error.message;
}
