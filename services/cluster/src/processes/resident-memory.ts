import { readFile } from 'node:fs/promises';

const KIB_A_MIB = 1_024;

/** The memory that a process holds now, in MiB; undefined where the system does not say so as Linux does. */
export async function residentMib(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? undefined : Math.round(Number(kib) / KIB_A_MIB);
}
