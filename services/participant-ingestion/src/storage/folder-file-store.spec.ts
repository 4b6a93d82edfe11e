import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { StorageFull } from '@poinciana/event-sourcing';
import { FolderFileStore } from './folder-file-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poinciana-full-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a full disk is said to be one, and nothing stays of what was given up on it', async () => {
  const files = new FolderFileStore(folder);
  const key = randomUUID();
  await mkdir(folder, { recursive: true });
  // The kernel's own full disk: ENOSPC for every byte.
  await symlink('/dev/full', join(folder, `${key}.part`));
  const writer = await files.create(key);
  await expect(writer.write(Buffer.alloc(100_000))).rejects.toThrow(StorageFull);
  await writer.discard();
  expect(await readdir(folder)).toEqual([]);
  const again = await files.create(key);
  await again.write(Buffer.from('there is room'));
  await again.finish();
  expect(await files.storedBytes(key)).toBe(13);
});
