import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

const lockFile = join(root, 'package-lock.json');
/** npm writes its own record last, so that an installation that was broken off has none. */
const npmRecord = join(root, 'node_modules', '.package-lock.json');
const ownRecord = join(root, 'node_modules', '.poinciana-lock-hash');

/** Whether node_modules holds what the lock file says: installed by this script, or by hand after the lock file changed. */
export function isInstalled() {
  if (!existsSync(npmRecord)) return false;
  if (existsSync(ownRecord) && readFileSync(ownRecord, 'utf8') === lockHash()) return true;
  return statSync(npmRecord).mtimeMs >= statSync(lockFile).mtimeMs;
}

/** Installs exactly the lock file when that was not done yet. Throws one sentence when npm fails. */
export async function installMissing() {
  if (isInstalled()) return false;
  console.log('Installing what package-lock.json names (npm ci) …');
  const code = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  if (code !== 0) throw new Error('npm ci failed; its own words are above.');
  writeFileSync(ownRecord, lockHash());
  return true;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}
