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

/**
 * Starts a server that forgets everything. The set-up of a data folder is done once on a machine and copied from there,
 * so that this takes a fraction of a second. `settings` replace those for tests.
 */
export async function startTestDatabase(options: { settings?: ServerSettings } = {}): Promise<TestDatabase> {
  const user = unprivilegedUser();
  const binaries = binariesFor(user);
  const folder = firstEnterable(temporaryFolders(user), user);
  const template = await testTemplate(folder, binaries, user);
  const home = join(folder, `server-${randomUUID()}`);
  copyAs(template.home, home, user);
  const [postmaster, port] = await startServer(home, binaries, user, { ...testServerSettings, ...options.settings });
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

async function startServer(
  home: string,
  binaries: Binaries,
  user: ServerUser,
  settings: ServerSettings,
): Promise<[Postmaster, number]> {
  const options = {
    program: binaries.postgres,
    data: join(home, 'data'),
    logFile: logFileIn(home),
    settings,
    user,
    removeFolder: home,
  };
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return [await startPostmaster({ ...options, port }), port];
    } catch (error) {
      if (!(error instanceof EmbeddedDatabaseError) || error.problem !== 'portInUse' || attempt === portAttemptsMax)
        throw error;
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
