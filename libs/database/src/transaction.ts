import type { Pool, PoolClient } from 'pg';
import { asTransient } from './transient.js';

/**
 * Runs work in one transaction: committed when the work ends, rolled back when it throws. What the database throws because it
 * is away arrives as a `TransientError`; the outcome of a commit that broke is unknown, so the work must bear repeating.
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await connect(pool);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    giveBack(client);
    return result;
  } catch (error) {
    await rollBack(client);
    throw asTransient(error);
  }
}

/**
 * Takes a connection out of the pool, to be given back with `giveBack`. A connection that breaks between two queries says so in an
 * event, which would end the process if nobody listened; the next query on it fails with the same news.
 */
export async function connect(pool: Pool): Promise<PoolClient> {
  try {
    const client = await pool.connect();
    client.on('error', leaveToNextQuery);
    return client;
  } catch (error) {
    throw asTransient(error);
  }
}

/** Gives a connection back, or closes it when it is given what broke it. */
export function giveBack(client: PoolClient, broken?: Error | boolean): void {
  client.off('error', leaveToNextQuery);
  client.release(broken);
}

function leaveToNextQuery(): void {}

/** A connection that cannot even roll back is closed, which rolls back as well. */
async function rollBack(client: PoolClient): Promise<void> {
  let broken: Error | undefined;
  await client.query('ROLLBACK').catch((error: unknown) => {
    broken = error instanceof Error ? error : new Error('The transaction could not be rolled back', { cause: error });
  });
  giveBack(client, broken);
}
