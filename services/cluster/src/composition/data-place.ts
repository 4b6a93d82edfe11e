import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDataPlace } from '@poinciana/embedded-database';
import { openDataFolder, type DataFolder } from '@poinciana/standalone';

/** Where a cluster keeps what it has, until it ends: a topic and the checkpoints in the database belong together. */
export interface DataPlace {
  readonly path: string;
  readonly folder: DataFolder;
  remove(): void;
}

export async function makeDataPlace(): Promise<DataPlace> {
  const path = mkdtempSync(join(tmpdir(), 'poinciana-cluster-'));
  // PostgreSQL may have to run as another user, who must be able to enter.
  chmodSync(path, 0o755);
  const folder = await openDataFolder(path, { reset: false });
  return {
    path,
    folder,
    remove: () => {
      folder.release();
      removeDataPlace(folder.databaseFolder);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
