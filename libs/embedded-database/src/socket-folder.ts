import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Of the path of a socket: 103 on macOS, 107 on Linux. */
const PATH_BYTES_MAX = 103;
const NAME_START = '.s.PGSQL.';
const LONGEST_NAME = `${NAME_START}65535`;

/**
 * Where a server with its data in `home` has its socket, which costs a third less a statement than the loopback interface; undefined where
 * sockets have no paths, or where this one's would be too long, or not a name in a list of PostgreSQL's.
 */
export function socketFolderIn(home: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (platform === 'win32' || /[",]/.test(home)) return undefined;
  return Buffer.byteLength(join(home, LONGEST_NAME)) <= PATH_BYTES_MAX ? home : undefined;
}

/** Removes the sockets of servers that were killed; none may be running on the data in `home`. */
export function removeSockets(home: string): void {
  for (const name of readdirSync(home)) if (name.startsWith(NAME_START)) rmSync(join(home, name), { force: true });
}
