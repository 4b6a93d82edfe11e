import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './errors.js';
import { giveToOwnerOf } from './owned-folder.js';
import { isAlive, livingProcess, type ProcessIdentity } from './process-life.js';

/** The right of one process to work on a folder. Ends with the process, however that ends. */
export interface FolderClaim {
  release(): void;
}

const attemptsMax = 5;
const pauseMsMax = 100;

/**
 * Claims a folder (which must exist) for this process or throws `folderInUse`, naming the process that has it.
 *
 * Every claimant writes a file of its own name first and looks for others afterwards, so that of two at least one sees the
 * other; who sees a living other withdraws. Claims of the dead carry names nobody else uses, so that clearing them away
 * can never take a living one, which a single lock file cannot promise.
 */
export async function claimFolder(folder: string): Promise<FolderClaim> {
  const own = livingProcess(process.pid);
  if (own === undefined) throw new Error('this process does not find itself among the living');
  const claims = join(folder, 'claims');
  if (mkdirSync(claims, { recursive: true }) !== undefined) giveToOwnerOf(folder, claims);
  for (let attempt = 1; ; attempt += 1) {
    if (livingClaimants(claims).some((other) => other.pid === own.pid)) throw inUse(folder, own);
    const file = join(claims, claimName(own));
    writeFileSync(file, '');
    const other = livingClaimants(claims).find((claimant) => claimant.pid !== own.pid);
    if (other === undefined) return { release: () => rmSync(file, { force: true }) };
    rmSync(file, { force: true });
    if (attempt === attemptsMax) throw inUse(folder, other);
    await delay(Math.random() * pauseMsMax);
  }
}

function livingClaimants(claims: string): ProcessIdentity[] {
  return readdirSync(claims).flatMap((name) => {
    const [, pid, born] = /^(\d+)-(.+)$/.exec(name) ?? [];
    if (pid === undefined || born === undefined) return [];
    const claimant = { pid: Number(pid), born };
    if (isAlive(claimant)) return [claimant];
    rmSync(join(claims, name), { force: true });
    return [];
  });
}

function claimName(identity: ProcessIdentity): string {
  return `${identity.pid}-${identity.born}`;
}

function inUse(folder: string, by: ProcessIdentity): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError('folderInUse', `The data in ${folder} is in use by the running process ${by.pid}.`);
}
