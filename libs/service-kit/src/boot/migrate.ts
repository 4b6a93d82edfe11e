import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '@poinciana/database';
import type { Pool } from 'pg';
import type { ServiceDefinition } from './service-definition.js';

/** Migrations for one schema. */
export interface MigrationFolder {
  readonly pool: Pool;
  readonly schema: string;
  readonly folder: string;
}

/** Applies what is missing: first the log's, then for each service the bus's and its own, one schema after another. */
export async function migrate(
  plan: {
    readonly definitions: readonly ServiceDefinition[];
    readonly migrationsFirst?: readonly MigrationFolder[];
    readonly migrationsEach?: readonly string[];
  },
  pools: ReadonlyMap<string, Pool>,
): Promise<void> {
  for (const { pool, schema, folder } of plan.migrationsFirst ?? []) await applyMigrations(pool, { schema, folder });
  for (const definition of plan.definitions) {
    const pool = pools.get(definition.name);
    if (pool === undefined) throw new Error(`The service ${definition.name} has no pool`);
    await applyTogether(pool, definition.schema, [...(plan.migrationsEach ?? []), definition.migrations]);
  }
}

/**
 * The tables of the bus and those of the service lie in one schema with one history, and the runner refuses a history that its
 * folder does not explain: so it gets one folder with the migrations of all.
 */
async function applyTogether(pool: Pool, schema: string, folders: readonly string[]): Promise<void> {
  const together = await mkdtemp(join(tmpdir(), 'poinciana-migrations-'));
  try {
    for (const folder of folders) await cp(folder, together, { recursive: true, errorOnExist: true, force: false });
    await applyMigrations(pool, { schema, folder: together });
  } finally {
    await rm(together, { recursive: true, force: true });
  }
}
