import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '@poinciana/database';
import type { Pool } from 'pg';
import type { ServiceDefinition } from './service-definition.js';

/** Applies what is missing in the schema of each service, one after another: the tables of the bus, and its own. */
export async function migrate(
  definitions: readonly ServiceDefinition[],
  pools: ReadonlyMap<string, Pool>,
  migrationsEach: readonly string[],
): Promise<void> {
  for (const { name, schema, migrations } of definitions) {
    const pool = pools.get(name);
    if (pool === undefined) throw new Error(`The service ${name} has no pool`);
    await applyMigrationsTogether(pool, schema, [...migrationsEach, migrations]);
  }
}

/**
 * The tables of the bus and those of the service lie in one schema with one history, and the runner refuses a history that its
 * folder does not explain: so it gets one folder with the migrations of all.
 */
export async function applyMigrationsTogether(pool: Pool, schema: string, folders: readonly string[]): Promise<void> {
  const together = await mkdtemp(join(tmpdir(), 'poinciana-migrations-'));
  try {
    for (const folder of folders) await cp(folder, together, { recursive: true, errorOnExist: true, force: false });
    await applyMigrations(pool, { schema, folder: together });
  } finally {
    await rm(together, { recursive: true, force: true });
  }
}
