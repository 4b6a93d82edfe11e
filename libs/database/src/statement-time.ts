import type { Pool, PoolClient } from 'pg';
import { connect, giveBack } from './transaction.js';
import { asTransient } from './transient.js';

/** The server ends a statement that takes too long; when it does not say so in this time, the way to it is lost. */
const ANSWER_GRACE_MS = 5_000;

/** How long an answer is waited for, when the server lets a statement take so long; 0 for both: without end. */
export function answerTimeoutMs(statementTimeoutMs: number): number {
  return statementTimeoutMs === 0 ? 0 : statementTimeoutMs + ANSWER_GRACE_MS;
}

/**
 * Runs work on a connection of its own, whose statements may take and wait for `limitMs`, or as long as they like with 0: what builds or
 * compares whole tables takes longer than what somebody waits for. The limit holds on the server and here, where an answer is
 * waited for. The connection is closed afterwards, its settings and locks with it.
 */
export async function withStatementTime<Result>(
  pool: Pool,
  limitMs: number,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await connect(pool);
  try {
    parametersOf(client).query_timeout = answerTimeoutMs(limitMs);
    await client.query(`SET statement_timeout = ${limitMs}; SET lock_timeout = ${limitMs}`);
    return await work(client);
  } catch (error) {
    throw asTransient(error);
  } finally {
    giveBack(client, true);
  }
}

interface ClientParameters {
  query_timeout: number;
}

/** Every client has them; its published types leave them out. */
function parametersOf(client: PoolClient & { readonly connectionParameters?: ClientParameters }): ClientParameters {
  if (client.connectionParameters === undefined) throw new Error('A client of pg without parameters');
  return client.connectionParameters;
}
