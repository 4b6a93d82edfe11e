import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDatabaseError, systemErrorCode } from './errors.js';
import { canEnter, giveTo, userId, type ServerUser } from './server-user.js';

/** Where what must outlive a restart of the machine may lie, when root is the one who asks. */
export function systemFolders(): string[] {
  return ['/var/lib/poinciana'].filter((folder) => ownFolder(folder, undefined, 0o755));
}

/** Where what may be made again lies: a folder of the user's own in the system's folders for temporary files. */
export function temporaryFolders(user: ServerUser): string[] {
  return [tmpdir(), '/tmp', '/var/tmp']
    .map((folder) => join(folder, `poinciana-${userId(user)}`))
    .filter((folder) => ownFolder(folder, user, 0o700));
}

export function firstEnterable(folders: string[], user: ServerUser): string {
  const found = folders.find((folder) => canEnter(folder, user));
  if (found !== undefined) return found;
  throw new EmbeddedDatabaseError(
    'folderNotUsable',
    `No folder was found that PostgreSQL, which runs as the user ${userId(user)}, may enter (tried ${folders.join(', ') || 'none'}).`,
  );
}

/**
 * Creates the folder when it is missing. False when that is not possible, and when the folder belongs to somebody else:
 * in a folder that all may write, another user could have put one there to have programs of theirs run.
 */
function ownFolder(folder: string, user: ServerUser, mode: number): boolean {
  try {
    mkdirSync(folder, { mode });
    giveTo(folder, user);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'EEXIST') return false;
  }
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === userId(user);
}
