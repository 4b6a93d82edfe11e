import { schemaName } from '@poinciana/database';
import type { Pool, PoolClient } from 'pg';

/** Parts into which the rows of a campaign are divided to find the first that differs. */
const BUCKETS = 256;
const BUCKET_ROWS_MAX = 100_000;

/** How the rows of a table are compared. */
export interface TableShape {
  readonly table: string;
  /** What a row says; not how it came about. */
  readonly columns: readonly string[];
  readonly key: readonly string[];
  readonly hasCampaign: boolean;
  readonly hasWorkspace: boolean;
}

export interface TableHash {
  readonly table: string;
  /** '' where a table's rows belong to no campaign. */
  readonly campaignId: string;
  readonly workspace: string;
  readonly rows: number;
  readonly hash: string;
}

type Database = Pool | PoolClient;

const SHAPE = `
  SELECT array_agg(a.attname::text ORDER BY a.attnum) AS columns,
    (SELECT array_agg(k.attname::text ORDER BY array_position(i.indkey::int2[], k.attnum)) FROM pg_index i
     JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY(i.indkey::int2[])
     WHERE i.indrelid = $1::regclass AND i.indisprimary) AS key
  FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''`;

/** Columns called counted… say what a counter held before the last write: that depends on the batches, and nobody reads it. */
export async function tableShape(database: Database, schema: string, table: string): Promise<TableShape> {
  const { rows } = await database.query<{ columns: string[]; key: string[] }>(SHAPE, [
    `${schemaName(schema)}.${table}`,
  ]);
  const { columns = [], key = [] } = rows[0] ?? {};
  return {
    table,
    columns: columns.filter((name) => !name.startsWith('counted')),
    key,
    hasCampaign: columns.includes('campaign_id'),
    hasWorkspace: columns.includes('workspace'),
  };
}

/** A hash over all rows of each campaign, whatever their order: the sum of the hashes of the rows. */
export async function tableHashes(
  database: Database,
  schema: string,
  shape: TableShape,
): Promise<readonly TableHash[]> {
  const { rows } = await database.query<Omit<TableHash, 'table'>>(
    `SELECT ${campaignOf(shape)} AS "campaignId", ${workspaceOf(shape)} AS workspace, count(*)::float8 AS rows, sum(${rowHash(shape)})::text AS hash
     FROM ${schemaName(schema)}."${shape.table}" ${presentRows(shape)} GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows.map((row) => ({ ...row, table: shape.table }));
}

/** Where a row differs: its key, and the names of the columns, never what they hold. */
export interface RowDifference {
  readonly key: string;
  readonly columns: readonly string[];
}

/** The first row, by its key, among the rows of a campaign that the two schemas do not hold alike. */
export async function firstDifference(
  one: { readonly database: Database; readonly schema: string },
  other: { readonly database: Database; readonly schema: string },
  shape: TableShape,
  { campaignId, workspace }: Pick<TableHash, 'campaignId' | 'workspace'>,
): Promise<RowDifference | undefined> {
  const of = [campaignId, workspace];
  const buckets = async ({ database, schema }: typeof one) => {
    const { rows } = await database.query<{ bucket: number; hash: string }>(
      `SELECT ${bucketOf(shape)} AS bucket, sum(${rowHash(shape)})::text AS hash ${rowsOf(shape, schema)} GROUP BY 1`,
      of,
    );
    return new Map(rows.map(({ bucket, hash }) => [bucket, hash]));
  };
  const [mine, theirs] = [await buckets(one), await buckets(other)];
  const bucket = Array.from({ length: BUCKETS }, (_, number) => number).find(
    (number) => mine.get(number) !== theirs.get(number),
  );
  if (bucket === undefined) return undefined;
  const rowsIn = async ({ database, schema }: typeof one) => {
    const { rows } = await database.query<{ key: string; hashes: readonly string[] }>(
      `SELECT ${keyOf(shape)} AS key, ARRAY[${shape.columns.map((name) => `hashtextextended(coalesce("${name}"::text, '∅'), 0)::text`).join(', ')}] AS hashes
       ${rowsOf(shape, schema)} AND ${bucketOf(shape)} = $3 ORDER BY 1 LIMIT ${BUCKET_ROWS_MAX}`,
      [...of, bucket],
    );
    return new Map(rows.map(({ key, hashes }) => [key, hashes]));
  };
  return firstOf(await rowsIn(one), await rowsIn(other), shape);
}

function firstOf(
  mine: ReadonlyMap<string, readonly string[]>,
  theirs: ReadonlyMap<string, readonly string[]>,
  { columns }: TableShape,
): RowDifference | undefined {
  const keys = [...new Set([...mine.keys(), ...theirs.keys()])].toSorted();
  for (const key of keys) {
    const [hashes, others] = [mine.get(key), theirs.get(key)];
    const differing = columns.filter((_, at) => hashes?.[at] !== others?.[at]);
    if (differing.length > 0) return { key, columns: differing };
  }
  return undefined;
}

function rowsOf(shape: TableShape, schema: string): string {
  const condition = presentRows(shape) === '' ? 'WHERE' : `${presentRows(shape)} AND`;
  return `FROM ${schemaName(schema)}."${shape.table}" ${condition} ${campaignOf(shape)} = $1 AND ${workspaceOf(shape)} = $2`;
}

/** A counter that came back to zero is as good as none. */
function presentRows({ columns }: TableShape): string {
  return columns.includes('count') ? 'WHERE "count" <> 0' : '';
}

function campaignOf({ hasCampaign, table }: TableShape): string {
  if (table === 'campaign') return 'id::text';
  return hasCampaign ? `coalesce(campaign_id::text, '')` : `''::text`;
}

function workspaceOf({ hasWorkspace }: TableShape): string {
  return hasWorkspace ? 'workspace::text' : `''::text`;
}

function rowHash({ columns }: TableShape): string {
  return `hashtextextended(ROW(${columns.map((name) => `"${name}"`).join(', ')})::text, 0)::numeric`;
}

function keyOf({ key }: TableShape): string {
  return key.map((name) => `"${name}"::text`).join(` || ' ' || `);
}

function bucketOf(shape: TableShape): string {
  return `(hashtext(${keyOf(shape)}) & ${BUCKETS - 1})`;
}
