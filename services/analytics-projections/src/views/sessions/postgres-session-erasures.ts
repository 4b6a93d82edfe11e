import { binaryArray } from '@poinciana/database';
import type { PoolClient } from 'pg';
import type { Erasure, SessionChanges } from './session-changes.js';

/**
 * The first half of an advisory lock; the second is a hash of the schema. Whoever writes what was said shares it, an erasure has it alone: so an
 * erasure sees everything that was written before it, and whoever writes later sees the erasure.
 */
const LOCK = 0x6572_6174;

const REMEMBER = `
  INSERT INTO conversation_erasure (id, workspace)
  SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS erased (id, workspace) ORDER BY 1 ON CONFLICT DO NOTHING`;

const FORGET = `
  WITH gone AS (UPDATE session SET results = NULL WHERE customer_id = ANY($1::uuid[]) OR id = ANY($1::uuid[]) RETURNING id)
  UPDATE session_message SET text = '' FROM gone WHERE session_id = gone.id`;

const FORGET_WHAT_WAS_ON_ITS_WAY = `
  WITH gone AS (
    UPDATE session SET results = NULL
    WHERE id = ANY($1::uuid[]) AND EXISTS (SELECT FROM conversation_erasure e WHERE e.id IN (session.id, session.customer_id)) RETURNING id)
  UPDATE session_message SET text = '' FROM gone WHERE session_id = gone.id`;

/** To be called before anything of the changes is written. */
export async function lockErasures(transaction: PoolClient, { sessions, erased }: SessionChanges): Promise<void> {
  if (sessions.length + erased.length === 0) return;
  const lock = erased.length > 0 ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await transaction.query(`SELECT ${lock}($1, hashtext(current_schema()))`, [LOCK]);
}

/** Takes away what was said by those who are erased, and of what was just written what they said before. */
export async function forgetConversations(
  transaction: PoolClient,
  { sessions, erased }: SessionChanges,
): Promise<void> {
  if (sessions.length > 0)
    await transaction.query(FORGET_WHAT_WAS_ON_ITS_WAY, [binaryArray.uuid(sessions.map(({ session }) => session.id))]);
  if (erased.length === 0) return;
  const ids = binaryArray.uuid(erased.map(({ id }) => id));
  await transaction.query(REMEMBER, [ids, binaryArray.uuid(erased.map(({ workspace }: Erasure) => workspace))]);
  await transaction.query(FORGET, [ids]);
}
