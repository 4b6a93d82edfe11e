import type { Position } from '@poinciana/event-sourcing';
import {
  StaleMemberError,
  type CheckpointCommit,
  type DeadLetter,
  type ListedDeadLetter,
  type ReplayCommit,
} from '@poinciana/messaging';
import type { PoolClient } from 'pg';

/** A row as it is read; PostgreSQL's bigint arrives as text. */
interface DeadLetterRow {
  readonly shard: number;
  readonly position: string;
  readonly partition: number;
  readonly event_id: string;
  readonly stream: string;
  readonly revision: string;
  readonly workspace: string;
  readonly key: string;
  readonly type: string;
  readonly reason_code: string;
  readonly reason_message: string;
  readonly attempts: number;
  readonly first_at: Date;
  readonly last_at: Date;
}

const INSERT = `
  INSERT INTO dead_letter (group_name, shard, position, partition, event_id, stream, revision, workspace, key, type,
                           reason_code, reason_message, attempts)
  SELECT $1, 0, row.*
  FROM unnest($2::bigint[], $3::smallint[], $4::uuid[], $5::text[], $6::bigint[], $7::uuid[], $8::uuid[], $9::text[],
              $10::text[], $11::text[], $12::integer[]) AS row`;

const COUNT_OPEN_KEYS = `
  SELECT count(DISTINCT key)::integer AS keys FROM dead_letter WHERE group_name = $1 AND key = ANY($2::uuid[])`;

export const LIST = `
  SELECT * FROM dead_letter
  WHERE group_name = $1 AND shard = $2 AND position > $3 AND ($5::uuid IS NULL OR key = $5)
  ORDER BY position LIMIT $4`;

/** Puts dead and waiting events away. The partitions must be locked: a replay repairs keys under the same lock. */
export async function putAway(client: PoolClient, commit: CheckpointCommit<PoolClient>): Promise<void> {
  const { group, deadLetters, parked } = commit;
  if (deadLetters.length > 0) await insert(client, group, deadLetters);
  if (parked.length === 0) return;
  const keys = [...new Set(parked.map((letter) => letter.key))];
  const { rows } = await client.query<{ keys: number }>(COUNT_OPEN_KEYS, [group, keys]);
  if (rows[0]?.keys !== keys.length) throw new StaleMemberError(`A parked key of ${group} has been repaired meanwhile`);
  await insert(client, group, parked);
}

async function insert(client: PoolClient, group: string, letters: readonly DeadLetter[]): Promise<void> {
  await client.query(INSERT, [
    group,
    letters.map((letter) => letter.position.number),
    letters.map((letter) => letter.partition),
    letters.map((letter) => letter.eventId),
    letters.map((letter) => letter.stream),
    letters.map((letter) => letter.revision),
    letters.map((letter) => letter.workspace),
    letters.map((letter) => letter.key),
    letters.map((letter) => letter.type),
    letters.map((letter) => letter.reason.code),
    // PostgreSQL keeps no NUL in a text.
    letters.map((letter) => letter.reason.message.replaceAll('\u0000', '')),
    letters.map((letter) => letter.reason.attempts),
  ]);
}

/** Takes the repaired ones away and notes the one that failed again. */
export async function settleReplay(client: PoolClient, commit: ReplayCommit<PoolClient>): Promise<void> {
  const { group, partition, handled, failed } = commit;
  await client.query(
    'SELECT 1 FROM consumer_partition WHERE group_name = $1 AND shard = 0 AND partition = $2 FOR UPDATE',
    [group, partition],
  );
  const deleted = await client.query(
    'DELETE FROM dead_letter WHERE group_name = $1 AND shard = 0 AND position = ANY($2::bigint[])',
    [group, handled.map(({ number }) => number)],
  );
  const updated = await client.query(
    `UPDATE dead_letter SET reason_code = $3, reason_message = $4, attempts = $5, last_at = now()
     WHERE group_name = $1 AND shard = 0 AND position = $2`,
    [
      group,
      failed?.position.number,
      failed?.reason.code,
      failed?.reason.message.replaceAll('\u0000', ''),
      failed?.reason.attempts,
    ],
  );
  if (deleted.rowCount !== handled.length || (failed !== undefined && updated.rowCount !== 1)) {
    throw new StaleMemberError(`Dead letters of ${group} are already replayed`);
  }
}

export function listed(row: DeadLetterRow): ListedDeadLetter {
  const position: Position = { shard: row.shard, number: Number(row.position) };
  return {
    partition: row.partition,
    position,
    eventId: row.event_id,
    stream: row.stream,
    revision: Number(row.revision),
    workspace: row.workspace,
    key: row.key,
    type: row.type,
    reason: { code: row.reason_code, message: row.reason_message, attempts: row.attempts },
    firstAt: row.first_at,
    lastAt: row.last_at,
  };
}
