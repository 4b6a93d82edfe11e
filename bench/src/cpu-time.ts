import { readdir, readFile } from 'node:fs/promises';

/** /proc counts in hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;
/** Places in /proc/<pid>/stat behind the name: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const PARENT = 1;
const TIMES = [11, 12] as const;
const TIMES_WITH_ENDED_CHILDREN = [11, 12, 13, 14] as const;

/** The CPU time of a process, in milliseconds; undefined where there is no /proc. */
export async function processMs(pid: number): Promise<number | undefined> {
  const stat = await statOf(String(pid));
  return stat && TIMES.reduce((sum, place) => sum + Number(stat[place]), 0) * TICK_MS;
}

/** The CPU time of a PostgreSQL server and of all its processes, those that have ended included. */
export async function serverMs(pid: number): Promise<number | undefined> {
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
