import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A folder of the package that a module belongs to, found by the nearest `package.json` above it, so that sources and what is
 * built of them find the same: `packageFolder(import.meta.url, 'prisma/migrations')`.
 */
export function packageFolder(moduleUrl: string, folder: string): string {
  for (let place = dirname(fileURLToPath(moduleUrl)); place !== dirname(place); place = dirname(place)) {
    if (existsSync(join(place, 'package.json'))) return join(place, folder);
  }
  throw new Error(`No package.json above ${moduleUrl}`);
}
