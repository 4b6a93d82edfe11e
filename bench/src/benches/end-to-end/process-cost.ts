import { readdir, readFile } from 'node:fs/promises';

/** /proc counts in hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;
const SAMPLE_EVERY_MS = 100;
/** Places in /proc/<pid>/stat behind the name: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const PARENT = 1;
const TIMES = [11, 12] as const;
const TIMES_WITH_ENDED_CHILDREN = [11, 12, 13, 14] as const;

/** What a piece of work cost, in milliseconds of CPU; and the most memory that this process held meanwhile, in bytes. */
export interface Cost {
  readonly nodeMs: number;
  /** Undefined where there is no /proc. */
  readonly databaseMs: number | undefined;
  readonly residentBytes: number;
}

/** Runs work and answers what it cost this process and a PostgreSQL server. */
export async function costOf(databasePid: number, work: () => Promise<void>): Promise<Cost> {
  const before = { node: process.cpuUsage(), database: await serverMs(databasePid) };
  let residentBytes = process.memoryUsage.rss();
  const sampling = setInterval(() => {
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  const { user, system } = process.cpuUsage(before.node);
  const database = await serverMs(databasePid);
  const databaseMs = database === undefined || before.database === undefined ? undefined : database - before.database;
  return { nodeMs: (user + system) / 1_000, databaseMs, residentBytes };
}

/** The CPU time of the server and of all its processes, those that have ended included. */
async function serverMs(pid: number): Promise<number | undefined> {
  const server = await statOf(String(pid));
  if (server === undefined) return undefined;
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(names.map(statOf));
  const children = all.filter((stat) => stat !== undefined && Number(stat[PARENT]) === pid);
  const own = TIMES_WITH_ENDED_CHILDREN.reduce((sum, place) => sum + Number(server[place]), 0);
  return (
    children.reduce((sum, stat) => sum + TIMES.reduce((all, place) => all + Number(stat?.[place]), 0), own) * TICK_MS
  );
}

/** The fields behind the name of a process, which may hold blanks; undefined when there is no such process any more. */
async function statOf(pid: string): Promise<readonly string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}
