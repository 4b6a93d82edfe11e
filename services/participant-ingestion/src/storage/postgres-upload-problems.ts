import { binaryArray } from '@poinciana/database';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { type ProblemGroup, PROBLEMS_PAGE_MAX, type RowProblem } from './uploads.js';

const EXAMPLES_MAX = 5;
const GROUPS_MAX = 1_000;

export async function insertProblems(client: PoolClient, id: string, problems: readonly RowProblem[]): Promise<void> {
  await client.query(INSERT_PROBLEMS, problemParameters(id, problems));
}

export async function problemsBehind(
  pool: Pool,
  id: string,
  after: { readonly row: number; readonly ordinal: number },
): Promise<readonly RowProblem[]> {
  const { rows } = await pool.query<RowProblem & QueryResultRow>(
    `SELECT row::float8 AS row, ordinal, field, value, code, reason FROM upload_problem
       WHERE upload_id = $1 AND (row, ordinal) > ($2::bigint, $3::smallint) ORDER BY row, ordinal LIMIT ${PROBLEMS_PAGE_MAX}`,
    [id, after.row, after.ordinal],
  );
  return rows;
}

export async function problemGroupsOf(pool: Pool, id: string): Promise<readonly ProblemGroup[]> {
  const { rows } = await pool.query<ProblemGroup & QueryResultRow>(
    `SELECT field, code, min(reason) AS reason, count(*)::float8 AS count,
              to_json((array_agg(json_build_object('row', row, 'value', value) ORDER BY row))[1:${EXAMPLES_MAX}]) AS examples
       FROM upload_problem WHERE upload_id = $1 GROUP BY field, code ORDER BY count DESC, field, code LIMIT ${GROUPS_MAX}`,
    [id],
  );
  return rows;
}

const INSERT_PROBLEMS = `INSERT INTO upload_problem (upload_id, row, ordinal, field, value, code, reason)
  SELECT $1, * FROM unnest($2::int8[], $3::int2[], $4::text[], $5::text[], $6::text[], $7::text[])
  ON CONFLICT DO NOTHING`;

function problemParameters(id: string, problems: readonly RowProblem[]): unknown[] {
  return [
    id,
    binaryArray.int8(problems.map(({ row }) => row)),
    binaryArray.int2(problems.map(({ ordinal }) => ordinal)),
    binaryArray.text(problems.map(({ field }) => field)),
    binaryArray.text(problems.map(({ value }) => value)),
    binaryArray.text(problems.map(({ code }) => code)),
    binaryArray.text(problems.map(({ reason }) => reason)),
  ];
}
