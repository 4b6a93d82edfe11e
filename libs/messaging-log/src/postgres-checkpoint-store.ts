import { START, type Position } from '@poinciana/event-sourcing';
import {
  PartitionCountError,
  StaleMemberError,
  type Checkpoint,
  type CheckpointCommit,
  type CheckpointStore,
  type DeadLetterCount,
  type Fence,
  type KeyMark,
  type ListedDeadLetter,
  type PartitionPlace,
  type ReplayCommit,
} from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { CLAIM_LEAP, inTransaction, ownStatements, UNHURRIED } from './checkpoint-transaction.js';
import { LIST, listed, putAway, settleReplay } from './dead-letter-rows.js';

const INSERT_PARTITIONS = `
  INSERT INTO consumer_partition (group_name, partition)
  SELECT $1, partition FROM generate_series(0, $2::integer - 1) AS partition ON CONFLICT DO NOTHING`;

const TAKE = `
  UPDATE consumer_partition SET fence = fence + ${CLAIM_LEAP}, owner = NULL
  WHERE group_name = $1 AND shard = 0 AND partition = ANY($2::smallint[]) RETURNING partition, fence`;

const LOAD = `
  SELECT p.partition, p.position, p.cursor,
    (SELECT coalesce(json_agg(json_build_array(a.key, a.position)), '[]') FROM consumer_key_ahead a
     WHERE a.group_name = p.group_name AND a.shard = p.shard AND a.partition = p.partition) AS ahead,
    (SELECT coalesce(json_agg(DISTINCT d.key), '[]') FROM dead_letter d
     WHERE d.group_name = p.group_name AND d.shard = p.shard AND d.partition = p.partition) AS parked
  FROM consumer_partition p
  WHERE p.group_name = $1 AND p.shard = 0 AND p.partition = ANY($2::smallint[]) ORDER BY p.partition`;

/**
 * Moves the checkpoints, all or none: the fences are compared under the rows' locks, which are taken in one order by
 * everybody. A partition without a move keeps its place.
 */
const moving = (also = '') => `
  WITH held AS (
    SELECT h.* FROM unnest($2::smallint[], $3::bigint[], $4::bigint[], $5::text[]) AS h (partition, fence, position, cursor)${also}
  ), locked AS (
    SELECT p.partition FROM consumer_partition p JOIN held h ON p.partition = h.partition AND p.fence = h.fence
    WHERE p.group_name = $1 AND p.shard = 0 ORDER BY p.partition FOR UPDATE OF p
  ), forgotten AS (
    DELETE FROM consumer_key_ahead a USING held h
    WHERE a.group_name = $1 AND a.shard = 0 AND a.partition = h.partition AND a.position <= h.position
      AND (SELECT count(*) FROM locked) = (SELECT count(*) FROM held)
  )
  UPDATE consumer_partition p
  SET fence = p.fence + 1, position = coalesce(h.position, p.position),
      cursor = CASE WHEN h.position IS NULL THEN p.cursor ELSE h.cursor END
  FROM held h
  WHERE p.group_name = $1 AND p.shard = 0 AND p.partition = h.partition
    AND (SELECT count(*) FROM locked) = (SELECT count(*) FROM held)`;

const MOVE = { name: 'move-checkpoints', text: moving() };
const MOVE_UNHURRIED = { name: 'move-checkpoints-unhurried', text: moving(`, ${UNHURRIED}`) };

const MARK_AHEAD = `
  INSERT INTO consumer_key_ahead (group_name, partition, key, position)
  SELECT $1, mark.* FROM unnest($2::smallint[], $3::uuid[], $4::bigint[]) AS mark
  ON CONFLICT (group_name, shard, partition, key) DO UPDATE SET position = excluded.position`;

interface CheckpointRow {
  readonly partition: number;
  readonly position: string;
  readonly cursor: string | null;
  readonly ahead: readonly (readonly [string, number])[];
  readonly parked: readonly string[];
}

/** Checkpoints and dead letters in the consumer's own schema, which is the pool's search path. */
export class PostgresCheckpointStore implements CheckpointStore<PoolClient> {
  constructor(private readonly pool: Pool) {}

  async open(group: string, partitionCount: number): Promise<void> {
    const stored = await ownStatements(async () => {
      await this.pool.query(
        'INSERT INTO consumer_group (group_name, partition_count) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [group, partitionCount],
      );
      const { rows } = await this.pool.query<{ partition_count: number }>(
        'SELECT partition_count FROM consumer_group WHERE group_name = $1',
        [group],
      );
      return rows[0]?.partition_count ?? partitionCount;
    });
    if (stored !== partitionCount) throw new PartitionCountError(group, stored, partitionCount);
    await ownStatements(() => this.pool.query(INSERT_PARTITIONS, [group, partitionCount]));
  }

  async take(group: string, partitions: readonly number[]): Promise<readonly Fence[]> {
    const { rows } = await ownStatements(() =>
      this.pool.query<{ partition: number; fence: string }>(TAKE, [group, partitions]),
    );
    return rows.map((row) => ({ partition: row.partition, number: Number(row.fence) }));
  }

  async load(group: string, partitions: readonly number[]): Promise<readonly Checkpoint[]> {
    const { rows } = await ownStatements(() => this.pool.query<CheckpointRow>(LOAD, [group, partitions]));
    return rows.map(({ partition, position, cursor, ahead, parked }) => ({
      partition,
      position: positionAt(position),
      cursor: cursor ?? undefined,
      ahead: ahead.map(([key, number]): KeyMark => ({ partition, key, position: positionAt(number) })),
      parkedKeys: parked,
    }));
  }

  async commit(commit: CheckpointCommit<PoolClient>): Promise<void> {
    const { group, state, ahead, deadLetters, parked } = commit;
    if (!state && ahead.length + deadLetters.length + parked.length === 0) {
      await ownStatements(() => moveCheckpoints(this.pool, { ...commit, isUnhurried: true }));
      return;
    }
    const own = async (client: PoolClient) => {
      await moveCheckpoints(client, commit);
      await putAway(client, commit);
      if (ahead.length === 0) return;
      const [partitions, keys] = [ahead.map(({ partition }) => partition), ahead.map(({ key }) => key)];
      await client.query(MARK_AHEAD, [group, partitions, keys, ahead.map(({ position }) => position.number)]);
    };
    await inTransaction(this.pool, own, state);
  }

  async commitReplay(commit: ReplayCommit<PoolClient>): Promise<void> {
    await inTransaction(this.pool, (client) => settleReplay(client, commit), commit.state);
  }

  async places(group: string): Promise<readonly PartitionPlace[]> {
    const { rows } = await ownStatements(() =>
      this.pool.query<{ partition: number; position: string }>(
        'SELECT partition, position FROM consumer_partition WHERE group_name = $1 ORDER BY partition',
        [group],
      ),
    );
    return rows.map(({ partition, position }) => ({ partition, position: positionAt(position) }));
  }

  async deadLetters(group: string, after: Position, limit: number, key?: string): Promise<readonly ListedDeadLetter[]> {
    const { rows } = await ownStatements(() =>
      this.pool.query(LIST, [group, after.shard, after.number, limit, key ?? null]),
    );
    return rows.map(listed);
  }

  async countDeadLetters(group: string): Promise<DeadLetterCount> {
    const { rows } = await ownStatements(() =>
      this.pool.query<{ events: number; keys: number }>(
        'SELECT count(*)::integer AS events, count(DISTINCT key)::integer AS keys FROM dead_letter WHERE group_name = $1',
        [group],
      ),
    );
    return rows[0] ?? { events: 0, keys: 0 };
  }
}

async function moveCheckpoints(database: Pool | PoolClient, commit: CheckpointCommit<PoolClient>): Promise<void> {
  const { group, fences, moves, isUnhurried = false } = commit;
  const moveOf = new Map(moves.map((move) => [move.partition, move]));
  const { rowCount } = await database.query({
    ...(isUnhurried ? MOVE_UNHURRIED : MOVE),
    values: [
      group,
      fences.map(({ partition }) => partition),
      fences.map(({ number }) => number),
      fences.map(({ partition }) => moveOf.get(partition)?.position.number ?? null),
      fences.map(({ partition }) => moveOf.get(partition)?.cursor ?? null),
    ],
  });
  if (rowCount !== fences.length) throw new StaleMemberError(`A partition of ${group} is held by another member`);
}

function positionAt(number: string | number): Position {
  return { shard: START.shard, number: Number(number) };
}
