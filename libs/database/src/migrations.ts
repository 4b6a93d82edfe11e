import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { schemaName } from './pool.js';
import { withStatementTime } from './statement-time.js';
import { asTransient } from './transient.js';

/** The first half of the advisory lock of migrations; the second is a hash of the schema. */
const MIGRATION_LOCK = 0x6d69_6772;
/** How long one migrator waits for another, and how long one migration may take. */
const MIGRATION_TIMEOUT_MS = 30 * 60_000;
const MIGRATIONS_MAX = 10_000;
const MIGRATION_NAME = /^\d{14}_[a-z0-9_]+$/;

export interface MigrationSettings {
  readonly schema: string;
  /** Holds `<yyyymmddhhmmss_name>/migration.sql` for each migration. */
  readonly folder: string;
}

/** Migrations and database do not fit together, and only a person can say why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal, as Prisma computes it. */
  readonly checksum: string;
}

interface AppliedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/**
 * Brings a schema to the newest migration of a folder, and keeps the table that Prisma's own tools keep. Each migration is one
 * transaction together with its row, so that there is never half of one; migrators of one schema wait for each other.
 * Names without a schema mean the given one. Answers the names of what was applied now.
 *
 * Throws `MigrationError` when an applied migration was edited, is unknown here or never finished, and `TransientError` when
 * the database is away.
 */
export async function applyMigrations(pool: Pool, { schema, folder }: MigrationSettings): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  return withStatementTime(pool, MIGRATION_TIMEOUT_MS, async (client) => {
    await lockSchema(client, schemaName(schema));
    const missing = unapplied(migrations, await readApplied(client), schema);
    for (const migration of missing) await applyMigration(client, schema, migration);
    await client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [MIGRATION_LOCK, schema]);
    return missing.map(({ name }) => name);
  });
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const odd = names.find((name) => !MIGRATION_NAME.test(name));
  if (odd !== undefined) throw new MigrationError(`Not the name of a migration: ${odd}`);
  if (names.length > MIGRATIONS_MAX)
    throw new MigrationError(`${names.length} migrations; at most ${MIGRATIONS_MAX} are possible`);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const file = await readFile(join(folder, name, 'migration.sql'));
      return { name, sql: file.toString('utf8'), checksum: createHash('sha256').update(file).digest('hex') };
    }),
  );
}

async function lockSchema(client: PoolClient, schema: string): Promise<void> {
  await client.query('SET client_min_messages = warning');
  await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [MIGRATION_LOCK, schema]);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}; SET search_path TO ${schema}`);
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`);
}

async function readApplied(client: PoolClient): Promise<readonly AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function unapplied(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
  schema: string,
): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of applied) {
    const migration = known.get(name);
    if (migration === undefined)
      throw new MigrationError(
        `The schema ${schema} has the migration ${name}, which this program does not know: it is newer than the program`,
      );
    if (!finished)
      throw new MigrationError(`The migration ${name} of the schema ${schema} was begun and never finished`);
    if (migration.checksum !== checksum)
      throw new MigrationError(`The migration ${name} was edited after it had been applied to the schema ${schema}`);
  }
  const names = new Set(applied.map(({ migration_name: name }) => name));
  return migrations.filter(({ name }) => !names.has(name));
}

async function applyMigration(client: PoolClient, schema: string, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(`BEGIN; SET LOCAL search_path TO ${schema}`);
    await client.query(sql);
    await client.query(`SET LOCAL search_path TO ${schema}`);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    const transient = asTransient(error);
    if (transient !== error) throw transient;
    throw new MigrationError(
      `The migration ${name} of the schema ${schema} failed: ${error instanceof Error ? error.message : 'unknown'}`,
      { cause: error },
    );
  }
}
