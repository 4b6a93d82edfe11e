import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemErrorCode } from './errors.js';
import { isServerOn, livingProcess, processesIn, signalProcess } from './process-life.js';

/** What a PostgreSQL server says about itself in `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  port: number;
  /** Takes connections. */
  isReady: boolean;
}

export function readPostmasterFile(data: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(postmasterPath(data), 'utf8').split('\n');
    const pid = Number.parseInt(lines[0] ?? '', 10);
    if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
    return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const pollMs = 25;
/** How long an earlier server may take at each of the three ways of ending it, the gentlest first. */
const endings: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 10_000],
  ['SIGKILL', 10_000],
];

/**
 * Ends the server that an earlier process, killed without a chance to do so, has left running on this data, and takes away
 * what it or the system's crash left behind. The caller holds the claim on the folder, so nobody else starts one meanwhile.
 */
export async function endEarlierServer(data: string): Promise<void> {
  const file = readPostmasterFile(data);
  if (file !== undefined && isServerOn(file.pid, data)) await endServer(file.pid);
  // A server that was killed leaves children for a moment; they end by themselves, but until then the data is theirs.
  await endStragglers(data);
  const left = readPostmasterFile(data);
  if (left === undefined || (livingProcess(left.pid) !== undefined && isServerOn(left.pid, data))) return;
  // The number in the file belongs to nobody, to one dead but not reaped, or to another program. PostgreSQL itself only
  // looks whether the number takes signals and would refuse to start in the last two cases.
  rmSync(postmasterPath(data), { force: true });
}

export async function endServer(pid: number, ways = endings): Promise<void> {
  for (const [signal, withinMs] of ways) {
    signalProcess(pid, signal);
    if (await endedWithin(() => livingProcess(pid) === undefined, withinMs)) return;
  }
  throw new Error(`the process ${pid} outlived SIGKILL`);
}

async function endStragglers(data: string): Promise<void> {
  const gone = (): boolean => processesIn(data).length === 0;
  if (await endedWithin(gone, 5_000)) return;
  for (const pid of processesIn(data)) signalProcess(pid, 'SIGKILL');
  if (!(await endedWithin(gone, 5_000))) throw new Error(`processes outlived SIGKILL in ${data}`);
}

async function endedWithin(ended: () => boolean, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += pollMs) {
    if (ended()) return true;
    await delay(pollMs);
  }
  return ended();
}

function postmasterPath(data: string): string {
  return join(data, 'postmaster.pid');
}
