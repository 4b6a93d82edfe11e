import { asTransient, connect, giveBack } from '@poinciana/database';
import { TransientError } from '@poinciana/event-sourcing';
import { CheckpointStoreError, messageOf, StaleMemberError, type StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';

/**
 * In a FROM, as the one row that it is: the transaction's commit does not wait for the disk, so a crash of the database may take it back
 * with all that came after it.
 */
export const UNHURRIED = `set_config('synchronous_commit', 'off', true)`;

/**
 * A claim leaves so many numbers out, more than there can be commits between two writes of the log of PostgreSQL, which are
 * three times wal_writer_delay apart: what a crash takes back makes nobody's fence equal to a later claimer's.
 */
export const CLAIM_LEAP = 1_000_000;

/** Runs statements of the store itself: what fails in them is either away for now or nobody's event's fault. */
export async function ownStatements<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    const known = asTransient(error);
    if (known instanceof TransientError || known instanceof StaleMemberError) throw known;
    throw new CheckpointStoreError(messageOf(error), { cause: error });
  }
}

/**
 * One transaction: the store's own statements first, which lock the partitions and so keep a stale member from writing at
 * all, then the state, then the commit.
 */
export async function inTransaction(
  pool: Pool,
  own: (client: PoolClient) => Promise<void>,
  state: StateWrite<PoolClient> | undefined,
): Promise<void> {
  const client = await ownStatements(() => connect(pool));
  let broken: Error | undefined;
  try {
    await ownStatements(() => client.query('BEGIN').then(() => own(client)));
    await state?.(client);
    const { command } = await client.query('COMMIT');
    // PostgreSQL answers ROLLBACK, and no error, when a statement had failed and the state write went on regardless.
    if (command !== 'COMMIT')
      throw new Error('A statement of the state write failed, so its transaction was rolled back');
  } catch (error) {
    broken = await rollBack(client);
    throw asTransient(error);
  } finally {
    giveBack(client, broken);
  }
}

/** Answers what was wrong with the connection, if it could not even roll back. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(messageOf(error));
  }
}
