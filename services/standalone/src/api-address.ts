import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveToOwnerOf } from '@poinciana/embedded-database';

const FILE = 'api-url';
const ANSWER_WITHIN_MS = 5_000;

/** Writes down where the API is, for commands on this machine. */
export function keepApiAddress(dataDir: string, url: string): void {
  const file = join(dataDir, FILE);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${url}\n`);
  giveToOwnerOf(dataDir, unfinished);
  renameSync(unfinished, file);
}

export function forgetApiAddress(dataDir: string): void {
  rmSync(join(dataDir, FILE), { force: true });
}

/** Where the standalone of this folder answers; undefined when it does not run. */
export async function runningAt(dataDir: string): Promise<string | undefined> {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return undefined;
  const url = readFileSync(file, 'utf8').trim();
  try {
    const answer = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return answer.ok ? url : undefined;
  } catch {
    // What a kill left behind.
    return undefined;
  }
}
