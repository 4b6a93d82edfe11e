import { binaryArray } from '@poinciana/database';
import type { PoolClient } from 'pg';
import type { CommunicationChange } from './communication-changes.js';
import type { ErasedParticipant } from './communication-view.js';

/**
 * The first half of an advisory lock; the second is a hash of the schema. Whoever writes results shares it, an erasure has it alone:
 * so an erasure sees every result that was written before it, and whoever writes later sees the erasure. What is read from the log
 * after an erasure holds no results; what was in hand then does.
 */
const LOCK = 0x6572_6173;

const REMEMBER = `
  INSERT INTO participant_erasure AS known (participant_id, workspace, life)
  SELECT id, workspace, max(life) FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS erased (id, workspace, life) GROUP BY 1, 2 ORDER BY 1
  ON CONFLICT (participant_id) DO UPDATE SET life = greatest(known.life, excluded.life)`;

const FORGET = `
  UPDATE communication c SET result = NULL FROM unnest($1::uuid[], $2::int[]) AS erased (id, life)
  WHERE c.participant_id = erased.id AND c.life <= erased.life AND c.result IS NOT NULL`;

const ERASED = 'SELECT participant_id AS id, life FROM participant_erasure WHERE participant_id = ANY($1::uuid[])';

/** Takes results away, and those too that are on their way. */
export async function forgetResults(transaction: PoolClient, erased: readonly ErasedParticipant[]): Promise<void> {
  const ids = binaryArray.uuid(erased.map(({ id }) => id));
  const lives = binaryArray.int4(erased.map(({ life }) => life));
  await transaction.query('SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))', [LOCK]);
  await transaction.query(REMEMBER, [ids, binaryArray.uuid(erased.map(({ workspace }) => workspace)), lives]);
  await transaction.query(FORGET, [ids, lives]);
}

/** The same changes without the results of those who were erased meanwhile. */
export async function withoutErasedResults(
  transaction: PoolClient,
  changes: readonly CommunicationChange[],
): Promise<readonly CommunicationChange[]> {
  const ids = changes.filter(({ result }) => result !== undefined).map((change) => change.communication.participantId);
  if (ids.length === 0) return changes;
  await transaction.query('SELECT pg_advisory_xact_lock_shared($1, hashtext(current_schema()))', [LOCK]);
  const { rows } = await transaction.query<{ id: string; life: number }>(ERASED, [binaryArray.uuid([...new Set(ids)])]);
  const erasedLife = new Map(rows.map(({ id, life }) => [id, life]));
  return changes.map(({ result, ...change }) => {
    const { participantId, life } = change.communication;
    const isErased = life <= (erasedLife.get(participantId) ?? 0);
    return result === undefined || isErased ? change : { ...change, result };
  });
}
