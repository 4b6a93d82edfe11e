import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { PEOPLE_COLUMNS } from './people.js';

/** The table behind the participants' view. */
const VIEW = 'analytics_projections.participant';

interface Column {
  readonly name: string;
  readonly type: string;
}

/**
 * An empty table with the view's indexes, made out of the view's own definition: the columns of the file beside it, and the rest
 * filled by defaults (ids are random, the instant is that of the COPY).
 */
export async function newCopyTable(pool: Pool): Promise<void> {
  const { rows: columns } = await pool.query<Column>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [VIEW],
  );
  const known = new Set(columns.map(({ name }) => name));
  const added = PEOPLE_COLUMNS.filter((name) => !known.has(name)).map((name) => `ADD COLUMN "${name}" text`);
  const filled = columns
    .filter(({ name }) => !PEOPLE_COLUMNS.some((column) => column === name))
    .map(({ name, type }) => `ALTER COLUMN "${name}" SET DEFAULT ${defaultOf(name, type)}`);
  await pool.query(
    `DROP TABLE IF EXISTS bench_copy; CREATE TABLE bench_copy (LIKE ${VIEW} INCLUDING INDEXES);
     ALTER TABLE bench_copy ${[...added, ...filled].join(', ')}`,
  );
}

/** One COPY of the file, committed at its end. */
export async function copyFile(pool: Pool, path: string): Promise<void> {
  const client = await pool.connect();
  try {
    const copy = copyFrom(`COPY bench_copy (${PEOPLE_COLUMNS.join(', ')}) FROM STDIN (FORMAT csv, HEADER)`);
    await pipeline(createReadStream(path), client.query(copy));
  } finally {
    client.release();
  }
}

function defaultOf(name: string, type: string): string {
  if (name === 'id') return 'gen_random_uuid()';
  if (type.startsWith('timestamp')) return 'now()';
  if (type.endsWith('[]')) return "'{}'";
  const known: Readonly<Record<string, string>> = {
    uuid: "'00000000-0000-4000-8000-000000000001'",
    boolean: 'false',
    integer: '0',
    bigint: '0',
    json: "'{}'",
  };
  return known[type] ?? "''";
}
