#!/usr/bin/env node
// Writes the migration that leads from a service's last one to its schema.prisma: no database, no network.
// node scripts/new-migration.mjs <service> <name>
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { writeMigration } from './migrations/migration-history.mjs';

const root = join(import.meta.dirname, '..');
const [service, name, ...rest] = process.argv.slice(2);

try {
  if (service === undefined || name === undefined || rest.length > 0) {
    throw new Error('Usage: node scripts/new-migration.mjs <service> <name>');
  }
  const prismaFolder = join(root, 'services', service, 'prisma');
  if (!existsSync(join(prismaFolder, 'schema.prisma')))
    throw new Error(`services/${service}/prisma/schema.prisma does not exist.`);
  const folder = await writeMigration(prismaFolder, name, new Date());
  console.log(
    folder === undefined ? 'The migrations already lead to schema.prisma.' : `Wrote ${relative(root, folder)}.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
