import { DomainError, TransientError } from '@poinciana/event-sourcing';
import { asTransient, connect, giveBack } from '@poinciana/database';
import type { Pool, PoolClient } from 'pg';
import { TOTAL_EXACT_MAX } from '../views/page.js';

/** How long one list may search: what takes longer wants an index. */
export const LIST_TIMEOUT_MS = 1_500;
/** After this the count of a list is estimated. */
export const COUNT_TIMEOUT_MS = 300;

const CANCELED = '57014';

export interface Total {
  readonly total: number;
  readonly isTotalEstimated: boolean;
}

/**
 * Runs the queries of a list within LIST_TIMEOUT_MS each. Throws what `tooSlow` makes for one that takes longer: a list is looked at
 * by somebody who waits.
 */
export async function withinListTime<Answer>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Answer>,
  tooSlow: () => DomainError,
): Promise<Answer> {
  const client = await connect(pool);
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${LIST_TIMEOUT_MS}; SET LOCAL jit = off`);
    const answer = await work(client);
    await client.query('COMMIT');
    giveBack(client);
    return answer;
  } catch (error) {
    const broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    giveBack(client, broken);
    if (isCanceled(error)) throw tooSlow();
    throw asTransient(error);
  }
}

/**
 * How many rows match: counted up to TOTAL_EXACT_MAX, else, or when counting takes long, as the planner estimates, of `estimated` where
 * it understands that better.
 */
export async function countedTotal(
  client: PoolClient,
  from: string,
  values: readonly unknown[],
  estimated = from,
): Promise<Total> {
  const counted = await quickly(client, async () => {
    const { rows } = await client.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM (SELECT ${from} LIMIT ${TOTAL_EXACT_MAX + 1}) AS matching`,
      [...values],
    );
    return rows[0]?.total ?? 0;
  });
  if (counted !== undefined && counted <= TOTAL_EXACT_MAX) return { total: counted, isTotalEstimated: false };
  const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }] }>(
    `EXPLAIN (FORMAT JSON) SELECT ${estimated}`,
    [...values],
  );
  const estimate = rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  const least = counted === undefined ? 0 : TOTAL_EXACT_MAX + 1;
  return { total: Math.max(least, Math.round(estimate)), isTotalEstimated: true };
}

/** undefined when it took too long. */
async function quickly<Answer>(client: PoolClient, work: () => Promise<Answer>): Promise<Answer | undefined> {
  await client.query(`SAVEPOINT counting; SET LOCAL statement_timeout = ${COUNT_TIMEOUT_MS}`);
  try {
    return await work();
  } catch (error) {
    if (!isCanceled(error)) throw error;
    return undefined;
  } finally {
    // Also takes the time-out back.
    await client.query('ROLLBACK TO SAVEPOINT counting');
  }
}

function isCanceled(error: unknown): boolean {
  const origin = error instanceof TransientError ? error.cause : error;
  return typeof origin === 'object' && origin !== null && 'code' in origin && origin.code === CANCELED;
}
