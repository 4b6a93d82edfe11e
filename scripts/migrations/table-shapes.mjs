import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHistory } from './migration-history.mjs';
import { schemaDiff } from './schema-diff.mjs';

const COLUMNS = `
  SELECT c.relname AS table, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
         || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
         || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS shape
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'`;
const INDEXES = `SELECT tablename AS table, indexdef AS shape FROM pg_indexes WHERE schemaname = 'public'`;
const CONSTRAINTS = `
  SELECT conrelid::regclass::text AS table, conname || ' ' || pg_get_constraintdef(oid) AS shape
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f')`;

/**
 * Compares what the migrations of a service make with what its schema.prisma says, both made for real: `connect` opens a
 * client of pg on a new empty database each time. Answers one sentence for each difference.
 *
 * Every column, index and key of the schema must be there, and no other column in its tables. Migrations may add by hand what
 * Prisma cannot say: checks, collations, partial indexes, further tables.
 */
export async function shapeProblems(prismaFolder, connect) {
  const schema = readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8');
  const said = await shapeOf(connect, [await schemaDiff(undefined, schema)]);
  const made = await shapeOf(
    connect,
    readHistory(prismaFolder).map(({ name, sql }) => sql ?? raise(`${name} has no migration.sql`)),
  );
  const tables = new Set(said.columns.map(({ table }) => table));
  return [
    ...absent(said.columns, made.columns).map((line) => `The migrations lack the column ${line}.`),
    ...absent(
      made.columns.filter(({ table }) => tables.has(table)),
      said.columns,
    ).map((line) => `schema.prisma does not know the column ${line}.`),
    ...absent(said.rest, made.rest).map((line) => `The migrations lack ${line}.`),
  ];
}

async function shapeOf(connect, scripts) {
  const client = await connect();
  try {
    for (const script of scripts) await client.query(script);
    const columns = (await client.query(COLUMNS)).rows;
    const rest = [...(await client.query(INDEXES)).rows, ...(await client.query(CONSTRAINTS)).rows];
    return { columns, rest };
  } finally {
    await client.end();
  }
}

function absent(wanted, there) {
  const known = new Set(there.map(lineOf));
  return wanted.map(lineOf).filter((line) => !known.has(line));
}

function lineOf({ table, shape }) {
  return `${table}: ${shape}`;
}

function raise(message) {
  throw new Error(message);
}
