import { binaryArray } from '@poinciana/database';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { type ProblemGroup, PROBLEMS_PAGE_MAX, type RowProblem, type Severity } from './uploads.js';

const EXAMPLES_MAX = 5;
const GROUPS_MAX = 1_000;
const FIRST_EXAMPLES = `'$[0 to ${EXAMPLES_MAX - 1}]'`;

/** Those that are stored already are left as they are, and are not counted again. */
export async function insertProblems(client: PoolClient, id: string, problems: readonly RowProblem[]): Promise<void> {
  await client.query(INSERT_PROBLEMS, problemParameters(id, problems));
}

export async function deleteProblems(client: PoolClient, id: string): Promise<void> {
  await client.query('DELETE FROM upload_problem WHERE upload_id = $1', [id]);
  await client.query('DELETE FROM upload_problem_group WHERE upload_id = $1', [id]);
}

export async function problemsBehind(
  pool: Pool,
  id: string,
  severity: Severity,
  after: { readonly row: number; readonly ordinal: number },
): Promise<readonly RowProblem[]> {
  const { rows } = await pool.query<RowProblem & QueryResultRow>(
    `SELECT severity, row::float8 AS row, ordinal, field, value, code, reason FROM upload_problem
       WHERE upload_id = $1 AND severity = $2 AND (row, ordinal) > ($3::bigint, $4::smallint) ORDER BY upload_problem.row, ordinal LIMIT ${PROBLEMS_PAGE_MAX}`,
    [id, severity, after.row, after.ordinal],
  );
  return rows;
}

export async function problemGroupsOf(pool: Pool, id: string, severity: Severity): Promise<readonly ProblemGroup[]> {
  const { rows } = await pool.query<ProblemGroup & QueryResultRow>(
    `SELECT field, code, reason, count::float8 AS count, examples FROM upload_problem_group
       WHERE upload_id = $1 AND severity = $2 ORDER BY upload_problem_group.count DESC, field, code LIMIT ${GROUPS_MAX}`,
    [id, severity],
  );
  return rows;
}

/** What is counted is what is stored now, in the same statement, so the groups cannot say anything else than the problems. */
const INSERT_PROBLEMS = `WITH stored AS (
    INSERT INTO upload_problem (upload_id, severity, row, ordinal, field, value, code, reason)
    SELECT $1, * FROM unnest($2::text[], $3::int8[], $4::int2[], $5::text[], $6::text[], $7::text[], $8::text[])
    ON CONFLICT DO NOTHING RETURNING *)
  INSERT INTO upload_problem_group AS known (upload_id, severity, field, code, reason, count, examples)
  SELECT upload_id, severity, field, code, min(reason), count(*), jsonb_path_query_array(
      jsonb_agg(jsonb_build_object('row', row, 'value', value) ORDER BY row, ordinal), ${FIRST_EXAMPLES})
    FROM stored GROUP BY upload_id, severity, field, code
  ON CONFLICT (upload_id, severity, field, code) DO UPDATE SET count = known.count + excluded.count,
    examples = jsonb_path_query_array(known.examples || excluded.examples, ${FIRST_EXAMPLES})`;

function problemParameters(id: string, problems: readonly RowProblem[]): unknown[] {
  return [
    id,
    binaryArray.text(problems.map(({ severity }) => severity)),
    binaryArray.int8(problems.map(({ row }) => row)),
    binaryArray.int2(problems.map(({ ordinal }) => ordinal)),
    binaryArray.text(problems.map(({ field }) => field)),
    binaryArray.text(problems.map(({ value }) => value)),
    binaryArray.text(problems.map(({ code }) => code)),
    binaryArray.text(problems.map(({ reason }) => reason)),
  ];
}
