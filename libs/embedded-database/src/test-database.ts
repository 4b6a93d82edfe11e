import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, databaseUrl } from './admin.js';
import { binariesFor, moveInto, type Binaries } from './binaries.js';
import { openCluster, type Cluster } from './cluster.js';
import { freePort } from './free-port.js';
import { logFileIn, startPostmaster, type Postmaster } from './postmaster.js';
import { EmbeddedDatabaseError } from './errors.js';
import { testServerSettings, type ServerSettings } from './server-settings.js';
import { giveTo, unprivilegedUser, type ServerUser } from './server-user.js';
import { firstEnterable, temporaryFolders } from './system-folders.js';

/** A server for one spec file. It and its files vanish with the process, however that ends. */
export interface TestDatabase {
  /** Address of an empty database with a superuser's rights. */
  readonly url: string;
  readonly pid: number;
  /** Makes a fresh database of its own and answers with its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const portAttemptsMax = 5;

export interface TestDatabaseOptions {
  /** Replace those for tests. */
  settings?: ServerSettings;
  /** Gives a port to try. By default one that is free at this moment. */
  pickPort?: () => Promise<number>;
}

/**
 * Starts a server that forgets everything. The set-up of a data folder is done once on a machine and copied from there,
 * so that this takes a fraction of a second.
 */
export async function startTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const user = unprivilegedUser();
  const binaries = binariesFor(user);
  const folder = firstEnterable(temporaryFolders(user), user);
  const template = await testTemplate(folder, binaries, user);
  const settings = { ...testServerSettings, ...options.settings };
  // A folder vanishes with its server, also with one that found its port taken, so each attempt has its own.
  const start = (port: number): Promise<Postmaster> => {
    const home = join(folder, `server-${randomUUID()}`);
    copyAs(template.home, home, user);
    const place = { data: join(home, 'data'), logFile: logFileIn(home), removeFolder: home };
    return startPostmaster({ ...place, program: binaries.postgres, port, settings, user });
  };
  const [postmaster, port] = await onPort(options.pickPort ?? freePort, start);
  const url = databaseUrl(port, template.password, 'postgres');
  let databasesMade = 0;
  let stopped: Promise<void> | undefined;
  return {
    url,
    pid: postmaster.pid,
    createDatabase: async () => {
      databasesMade += 1;
      const name = `test_${databasesMade}`;
      await createDatabase(url, name);
      return databaseUrl(port, template.password, name);
    },
    stop: () => (stopped ??= postmaster.stop()),
  };
}

async function onPort(
  pickPort: () => Promise<number>,
  start: (port: number) => Promise<Postmaster>,
): Promise<[Postmaster, number]> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await pickPort();
    try {
      return [await start(port), port];
    } catch (error) {
      const portWasTaken = error instanceof EmbeddedDatabaseError && error.problem === 'portInUse';
      if (!portWasTaken || attempt === portAttemptsMax) throw error;
    }
  }
}

async function testTemplate(folder: string, binaries: Binaries, user: ServerUser): Promise<Cluster> {
  const finished = join(folder, `template-${binaries.version}`);
  if (!existsSync(finished)) {
    const unfinished = `${finished}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    giveTo(unfinished, user);
    await openCluster(unfinished, binaries, user, ['--no-sync', '--wal-segsize=1']);
    moveInto(unfinished, finished);
  }
  return openCluster(finished, binaries, user);
}

function copyAs(from: string, to: string, user: ServerUser): void {
  rmSync(to, { recursive: true, force: true });
  const copy = spawnSync('/bin/cp', ['-Rp', from, to], { ...user, cwd: '/', encoding: 'utf8' });
  if (copy.status !== 0)
    throw new EmbeddedDatabaseError('folderNotUsable', `No test database could be copied to ${to}: ${copy.stderr}`);
}
