import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readlinkSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedDatabaseError } from './errors.js';
import { makeOwnedFolder } from './owned-folder.js';
import { canEnter, canWrite, giveTo, serverUserFor, unprivilegedUser, userId, type ServerUser } from './server-user.js';
import { systemFolders } from './system-folders.js';

/** Where the files of a database really lie, and who they belong to. */
export interface DataPlace {
  folder: string;
  user: ServerUser;
}

/**
 * Settles where the data of `dataFolder` lies, creating the folder when it is missing.
 *
 * Normally there. Only when root starts it in a place that no unprivileged user may enter (a checkout below /root) the data
 * goes to /var/lib/poinciana, and `dataFolder` becomes a link to it, which every later start follows.
 */
export function settleDataPlace(dataFolder: string): DataPlace {
  const wanted = resolve(dataFolder);
  const linked = linkTarget(wanted);
  if (linked !== undefined) return existingPlace(linked);
  if (lstatSync(wanted, { throwIfNoEntry: false }) !== undefined) return existingPlace(realpathSync(wanted));
  makeOwnedFolder(dirname(wanted));
  const parent = realpathSync(dirname(wanted));
  const user = serverUserFor(parent);
  if (canEnter(parent, user)) return newPlace(wanted, user);
  const [elsewhere] = systemFolders();
  if (elsewhere === undefined) throw notUsable(wanted, user);
  const place = newPlace(join(elsewhere, `database-${shortHash(wanted)}`), unprivilegedUser());
  symlinkSync(place.folder, wanted);
  return place;
}

/** Takes the data away for good, wherever it lies. Nothing may run on it. */
export function removeDataPlace(dataFolder: string): void {
  const wanted = resolve(dataFolder);
  const linked = linkTarget(wanted);
  if (linked !== undefined) rmSync(linked, { recursive: true, force: true });
  rmSync(wanted, { recursive: true, force: true });
}

function linkTarget(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()
    ? resolve(dirname(path), readlinkSync(path))
    : undefined;
}

function newPlace(folder: string, user: ServerUser): DataPlace {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(folder, user);
  return existingPlace(realpathSync(folder));
}

function existingPlace(folder: string): DataPlace {
  const found = statSync(folder, { throwIfNoEntry: false });
  // Only the folder a link led to can be missing here: somebody cleared /var/lib.
  if (found === undefined) return newPlace(folder, unprivilegedUser());
  if (found.uid === 0 && process.getuid?.() === 0) giveTo(folder, unprivilegedUser());
  const user = serverUserFor(folder);
  if (!found.isDirectory() || !canWrite(folder, user)) throw notUsable(folder, user);
  return { folder, user };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function notUsable(folder: string, user: ServerUser): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'folderNotUsable',
    `The folder ${folder} cannot be used for the database by the user ${userId(user)}; name another one with --data-dir.`,
  );
}
