import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whom PostgreSQL runs as. Undefined: as whoever runs this process. */
export type ServerUser = { uid: number; gid: number } | undefined;

const candidates = ['postgres', 'nobody'];
/** What every Unix calls nobody, should its list of users not say so. */
const nobody = { uid: 65_534, gid: 65_534 };

/**
 * PostgreSQL refuses to run as root. Started by root it therefore runs as the owner of the nearest existing folder around
 * its data, so that root and this owner can start the same data in turn; where that is root too, as an unprivileged
 * user that the system already has.
 */
export function serverUserFor(dataFolder: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  let folder = dataFolder;
  while (!existsSync(folder)) folder = dirname(folder);
  const owner = statSync(folder);
  return owner.uid === 0 ? unprivilegedUser() : { uid: owner.uid, gid: owner.gid };
}

/** As `serverUserFor`, where no owner is to be considered. */
export function unprivilegedUser(): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of candidates) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined && Number(uid) !== 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return nobody;
}

/** The numeric id that files of this user carry. */
export function userId(user: ServerUser): number {
  return user?.uid ?? process.getuid?.() ?? 0;
}

/** Asks the system itself, as that user, because modes alone do not tell (access lists, mounts). */
export function canEnter(folder: string, user: ServerUser): boolean {
  return passes('cd -- "$1"', folder, user);
}

export function canWrite(folder: string, user: ServerUser): boolean {
  return passes('cd -- "$1" && test -w .', folder, user);
}

export function canRun(program: string, user: ServerUser): boolean {
  return passes('test -x "$1"', program, user);
}

export function giveTo(path: string, user: ServerUser): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

function passes(script: string, path: string, user: ServerUser): boolean {
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
