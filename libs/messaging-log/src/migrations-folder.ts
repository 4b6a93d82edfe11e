import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of this library's migrations, seen from the sources and from what is built of them. */
export const messagingLogMigrations: string = ['../migrations', '../../migrations']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .filter((folder) => existsSync(folder))
  .slice(0, 1)
  .join('');
