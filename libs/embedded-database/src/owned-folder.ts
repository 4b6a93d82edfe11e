import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those around it where they are missing. Root makes them the property of whoever owns the nearest folder
 * that was there, so that this owner can go on with what root has started.
 */
export function makeOwnedFolder(folder: string): void {
  const wanted = resolve(folder);
  if (existsSync(wanted)) return;
  makeOwnedFolder(dirname(wanted));
  mkdirSync(wanted, { mode: 0o755 });
  giveToOwnerOf(dirname(wanted), wanted);
}

/** As root: makes `path` belong to the owner of `folder`. As anybody else it already does. */
export function giveToOwnerOf(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = statSync(folder);
  chownSync(path, owner.uid, owner.gid);
}
