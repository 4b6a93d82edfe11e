import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedDatabase } from './embedded-database.js';
import { removeDataPlace } from './data-place.js';
import { socketFolderIn } from './socket-folder.js';

it('is the folder of the data where a socket can be there', () => {
  expect(socketFolderIn('/srv/poinciana', 'linux')).toBe('/srv/poinciana');
  expect(socketFolderIn('C:\\poinciana', 'win32')).toBeUndefined();
  expect(socketFolderIn('/srv/one, two', 'linux')).toBeUndefined();
});

it('is none where the path of the socket would be too long', () => {
  const longest = `/${'x'.repeat(103 - '/'.length - '/.s.PGSQL.65535'.length)}`;
  expect(socketFolderIn(longest, 'linux')).toBe(longest);
  expect(socketFolderIn(`${longest}x`, 'linux')).toBeUndefined();
});

it.each([
  ['over the socket', 'short', 'socket'],
  ['over the loopback interface where there is none', 'x'.repeat(100), 'loopback'],
])('is where the database is reached: %s', async (_, name, way) => {
  const folder = mkdtempSync(join(tmpdir(), 'poinciana-socket-'));
  // As root: the data stays where PostgreSQL's user may go.
  chmodSync(folder, 0o755);
  const dataFolder = join(folder, name);
  const database = await startEmbeddedDatabase({ dataFolder });
  await database.stop();
  const left = join(database.folder, '.s.PGSQL.1.lock');
  // Whoever has this number now is another program: PostgreSQL would not start at that port.
  writeFileSync(left, `${process.pid}\n`);
  const again = await startEmbeddedDatabase({ dataFolder });
  expect(existsSync(left)).toBe(false);
  const client = new pg.Client({ connectionString: again.url });
  try {
    await client.connect();
    const { rows } = await client.query<{ address: string | null }>('SELECT host(inet_client_addr()) AS address');
    expect(rows[0]?.address).toBe(way === 'socket' ? null : '127.0.0.1');
    expect(new URL(again.url).port).toBe(String(again.port));
  } finally {
    await client.end();
    await again.stop();
    removeDataPlace(dataFolder);
    rmSync(folder, { recursive: true, force: true });
  }
});
