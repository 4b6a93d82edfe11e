import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Binaries } from './binaries.js';
import { EmbeddedDatabaseError } from './errors.js';
import { giveTo, type ServerUser } from './server-user.js';

export const superuser = 'poinciana';

/** A data folder of PostgreSQL that is ready to be started. */
export interface Cluster {
  /** The folder that holds all of it. */
  home: string;
  /** The data folder in PostgreSQL's own sense. */
  data: string;
  /** Password of the superuser `poinciana`. */
  password: string;
}

/**
 * Opens the cluster in `home`, making it when there is none. A start that was killed while making it leaves nothing that
 * the next one would take for data: what is unfinished has another name.
 */
export async function openCluster(
  home: string,
  binaries: Binaries,
  user: ServerUser,
  options: string[] = [],
): Promise<Cluster> {
  const data = join(home, 'data');
  const password = readPassword(join(home, 'password'), user);
  if (!existsSync(data)) await makeCluster(home, data, binaries, user, options);
  assertVersion(data, binaries);
  return { home, data, password };
}

async function makeCluster(
  home: string,
  data: string,
  binaries: Binaries,
  user: ServerUser,
  options: string[],
): Promise<void> {
  for (const name of readdirSync(home)) {
    if (name.startsWith('unfinished-')) rmSync(join(home, name), { recursive: true, force: true });
  }
  const unfinished = join(home, `unfinished-${process.pid}`);
  const passwordFile = join(home, 'password');
  await run(
    binaries.initdb,
    ['-D', unfinished, '-U', superuser, `--pwfile=${passwordFile}`, ...clusterOptions, ...options],
    user,
  );
  renameSync(unfinished, data);
  syncFolder(home);
}

/** The order of text is PostgreSQL's own, so that an index stays right whatever the system does to its locales. */
const clusterOptions = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

function readPassword(file: string, user: ServerUser): string {
  if (!existsSync(file) || readFileSync(file, 'utf8').trim() === '') {
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    giveTo(unfinished, user);
    renameSync(unfinished, file);
  }
  return readFileSync(file, 'utf8').trim();
}

function assertVersion(data: string, binaries: Binaries): void {
  const written = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const running = binaries.version.split('.')[0];
  if (written === running) return;
  throw new EmbeddedDatabaseError(
    'otherVersion',
    `The data in ${data} was written by PostgreSQL ${written}, but this is PostgreSQL ${running}; start the earlier release or use --reset.`,
  );
}

async function run(program: string, parameters: string[], user: ServerUser): Promise<void> {
  const child = spawn(program, parameters, {
    ...user,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { LC_ALL: 'C' },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [words, code] = await Promise.all([text(child.stderr), ended]);
  if (code !== 0) throw new EmbeddedDatabaseError('serverFailed', `The database could not be set up: ${words.trim()}`);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
