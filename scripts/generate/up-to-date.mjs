import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = '.inputs';

/** A hash over files, their names, and texts such as versions of the tools. */
export function hashOf(files, ...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text}\0`);
  for (const file of [...files].sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Whether a folder was generated from exactly these inputs. */
export function isUpToDate(folder, hash) {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/** Written last, so that a generation that was broken off is done again. */
export function stampInputs(folder, hash) {
  writeFileSync(join(folder, STAMP), hash);
}
