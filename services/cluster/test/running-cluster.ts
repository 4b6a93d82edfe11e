import { setTimeout as pause } from 'node:timers/promises';
import { startCluster, type Cluster, type ClusterOptions } from '../src/index.js';

const OUTPUT_MAX = 40_000;

/** A cluster of a spec, and everything that it said. */
export interface RunningCluster {
  readonly cluster: Cluster;
  /** What was said so far, complaints included. */
  readonly output: () => string;
}

export async function runCluster(options: Pick<ClusterOptions, 'settings' | 'onDetour'> = {}): Promise<RunningCluster> {
  let output = '';
  const hear = (sentence: string): void => {
    output = `${output}${sentence}\n`.slice(-OUTPUT_MAX);
  };
  const cluster = await startCluster({
    port: 0,
    ...options,
    say: hear,
    complain: hear,
    onFailure: (error) => hear(`FAILURE ${error.message}`),
  });
  return { cluster, output: () => output };
}

const LOOKS_MAX = 1_200;
const LOOK_MS = 200;

/** Waits until something is so. A bound against hanging, no assertion on time; `told` explains what is missing at the end. */
export async function until(what: string, isSo: () => Promise<boolean>, told: () => string = () => ''): Promise<void> {
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    if (await isSo()) return;
    await pause(LOOK_MS);
  }
  throw new Error(`It never came so far that ${what}. ${told()}`);
}
