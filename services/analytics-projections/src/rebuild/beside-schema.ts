import { inTransaction, schemaName, withStatementTime } from '@poinciana/database';
import { applyMigrationsTogether } from '@poinciana/service-kit';
import type { Pool, PoolClient } from 'pg';

/** Tables of a schema that are not read models: those of the bus, and the history of the migrations. */
const OTHER_TABLES = /^(consumer_|dead_letter$|_prisma_migrations$|rebuild_)/;

export interface BesideSchemaSettings {
  /** The schema whose tables are built again. */
  readonly live: string;
  /** The schema beside it. */
  readonly beside: string;
  /** The folders of the migrations that both schemas come from. */
  readonly migrations: readonly string[];
}

/** The names of the read models' tables of a schema, sorted. */
export async function viewTables(database: Pool | PoolClient, schema: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1',
    [schema],
  );
  return rows.map(({ name }) => name).filter((name) => !OTHER_TABLES.test(name));
}

export async function schemaExists(pool: Pool, schema: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  return (rowCount ?? 0) > 0;
}

/**
 * Makes the schema beside the live one from the same migrations, its tables without their secondary indexes: built at the end,
 * they cost a quarter. What an earlier attempt left is kept and gone on with, unless the migrations are newer than it.
 */
export async function prepareBeside(pool: Pool, settings: BesideSchemaSettings): Promise<void> {
  const { live, beside, migrations } = settings;
  if (await isFromOtherMigrations(pool, settings)) await dropBeside(pool, beside);
  await applyMigrationsTogether(pool, beside, migrations);
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'rebuild_index'`,
      [beside],
    );
    if ((rowCount ?? 0) > 0) return;
    const at = schemaName(beside);
    await client.query(`CREATE TABLE ${at}.rebuild_index (definition text NOT NULL)`);
    // Those of the live tables count: an index that somebody asked for is in no migration.
    const indexes = await client.query<{ definition: string }>(`${SECONDARY_INDEXES} UNION ALL ${STATISTICS}`, [
      live,
      await viewTables(client, live),
    ]);
    for (const { definition } of indexes.rows) {
      await client.query(`INSERT INTO ${at}.rebuild_index VALUES ($1)`, [
        definition.replaceAll(` ${live}.`, ` ${at}.`),
      ]);
    }
    const own = await client.query<{ name: string }>(SECONDARY_INDEXES, [beside, await viewTables(client, beside)]);
    for (const { name } of own.rows) await client.query(`DROP INDEX ${at}."${name}"`);
  });
}

const SECONDARY_INDEXES = `
  SELECT index.relname AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
  JOIN pg_class index ON index.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE n.nspname = $1 AND t.relname = ANY($2::text[]) AND i.indisvalid
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`;

/** What the planner is to know of expressions that somebody asked an index for. */
const STATISTICS = `
  SELECT s.stxname, format('CREATE STATISTICS %s.%I ON (%s) FROM %s.%I', n.nspname, s.stxname,
    array_to_string(pg_get_statisticsobjdef_expressions(s.oid), '), ('), n.nspname, t.relname)
  FROM pg_statistic_ext s JOIN pg_class t ON t.oid = s.stxrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE n.nspname = $1 AND t.relname = ANY($2::text[])`;

/** Builds the secondary indexes and statistics; one that is there already, after a kill, stays. */
export async function buildIndexes(pool: Pool, beside: string): Promise<void> {
  const at = schemaName(beside);
  const { rows } = await pool.query<{ definition: string }>(`SELECT definition FROM ${at}.rebuild_index ORDER BY 1`);
  await withStatementTime(pool, 0, async (client) => {
    for (const { definition } of rows) {
      const safe = definition.replace(
        /^CREATE (UNIQUE INDEX|INDEX|STATISTICS) /,
        (_, kind: string) => `CREATE ${kind} IF NOT EXISTS `,
      );
      await client.query(safe);
    }
  });
}

/** Lets the planner know the new tables, which nobody has looked at yet: the first lists would be planned as if they were empty. */
export async function analyzeTables(pool: Pool, beside: string): Promise<void> {
  const tables = (await viewTables(pool, beside)).map((table) => `${schemaName(beside)}."${table}"`);
  await withStatementTime(pool, 0, (client) => client.query(`ANALYZE ${tables.join(', ')}`));
}

export async function dropBeside(pool: Pool | PoolClient, beside: string): Promise<void> {
  await pool.query(`DROP SCHEMA IF EXISTS ${schemaName(beside)} CASCADE`);
}

/** An attempt of an older program: its rows lack what newer migrations hold. */
async function isFromOtherMigrations(pool: Pool, { live, beside }: BesideSchemaSettings): Promise<boolean> {
  if (!(await schemaExists(pool, beside))) return false;
  const checksums = (schema: string) =>
    `SELECT string_agg(checksum, ' ' ORDER BY migration_name) FROM ${schemaName(schema)}._prisma_migrations`;
  try {
    const { rows } = await pool.query<{ same: boolean }>(
      `SELECT (${checksums(live)}) IS NOT DISTINCT FROM (${checksums(beside)}) AS same`,
    );
    return rows[0]?.same !== true;
  } catch {
    // A kill between making the schema and its first table.
    return true;
  }
}
