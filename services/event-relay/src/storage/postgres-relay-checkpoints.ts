import { binaryArray, inTransaction } from '@poinciana/database';
import { START, type Position } from '@poinciana/event-sourcing';
import {
  StaleRelayError,
  TopicPartitionsError,
  type RelayCheckpoint,
  type RelayCheckpoints,
  type RelayLease,
  type WithheldEvent,
} from '@poinciana/messaging-kafka';
import type { Pool, PoolClient } from 'pg';

const OPEN = `
  INSERT INTO relay_lease (topic, partition_count) VALUES ($1, $2) ON CONFLICT DO NOTHING`;

const OPEN_PARTITIONS = `
  INSERT INTO relay_partition (topic, partition)
  SELECT $1, partition FROM generate_series(0, $2::integer - 1) AS partition ON CONFLICT DO NOTHING`;

const ACQUIRE = `
  UPDATE relay_lease
  SET fence = fence + 1, owner = $2, lease_until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE topic = $1 AND (owner IS NULL OR owner = $2 OR lease_until <= clock_timestamp())
  RETURNING fence`;

const RENEW = `
  UPDATE relay_lease SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE topic = $1 AND fence = $2 AND owner IS NOT NULL`;

const RELEASE = `
  UPDATE relay_lease SET owner = NULL, lease_until = '-infinity' WHERE topic = $1 AND fence = $2`;

/** The lock on the lease keeps another relay from taking it until this is committed. */
const HOLD = 'SELECT 1 FROM relay_lease WHERE topic = $1 AND fence = $2 AND owner IS NOT NULL FOR SHARE';

const MOVE = `
  UPDATE relay_partition p SET position = m.position, previous = m.previous
  FROM unnest($2::smallint[], $3::bigint[], $4::bigint[]) AS m (partition, position, previous)
  WHERE p.topic = $1 AND p.shard = 0 AND p.partition = m.partition`;

const WITHHOLD = `
  INSERT INTO withheld_event (topic, shard, position, partition, event_id, reason)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

const PROGRESS = `
  SELECT (SELECT min(position) FROM relay_partition WHERE topic = $1) AS position,
    (SELECT count(*)::integer FROM withheld_event WHERE topic = $1) AS withheld`;

interface PartitionRow {
  readonly partition: number;
  readonly position: string;
  readonly previous: string;
}

/** In the relay's own schema, which is the pool's search path. */
export class PostgresRelayCheckpoints implements RelayCheckpoints {
  constructor(private readonly pool: Pool) {}

  acquire(topic: string, partitionCount: number, owner: string, leaseMs: number): Promise<RelayLease | undefined> {
    return inTransaction(this.pool, async (client) => {
      await client.query(OPEN, [topic, partitionCount]);
      await assertPartitionCount(client, topic, partitionCount);
      const { rows } = await client.query<{ fence: string }>(ACQUIRE, [topic, owner, leaseMs]);
      const [lease] = rows;
      if (lease === undefined) return undefined;
      await client.query(OPEN_PARTITIONS, [topic, partitionCount]);
      const partitions = await client.query<PartitionRow>(
        'SELECT partition, position, previous FROM relay_partition WHERE topic = $1 ORDER BY partition',
        [topic],
      );
      return { fence: Number(lease.fence), checkpoints: partitions.rows.map(checkpointOf) };
    });
  }

  async renew(topic: string, fence: number, leaseMs: number): Promise<void> {
    const renewed = await this.change(RENEW, [topic, fence, leaseMs]);
    if (renewed === 0) throw staleRelay(topic);
  }

  async release(topic: string, fence: number): Promise<void> {
    await this.change(RELEASE, [topic, fence]);
  }

  commit(topic: string, fence: number, checkpoints: readonly RelayCheckpoint[]): Promise<void> {
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(HOLD, [topic, fence]);
      if (rowCount === 0) throw staleRelay(topic);
      await client.query(MOVE, [
        topic,
        binaryArray.int2(checkpoints.map(({ partition }) => partition)),
        binaryArray.int8(checkpoints.map(({ position }) => position.number)),
        binaryArray.int8(checkpoints.map(({ previous }) => previous)),
      ]);
    });
  }

  async withhold(topic: string, { position, partition, eventId, reason }: WithheldEvent): Promise<void> {
    await this.change(WITHHOLD, [topic, position.shard, position.number, partition, eventId, reason]);
  }

  async progress(topic: string): Promise<{ position: Position; withheld: number }> {
    const { rows } = await this.pool.query<{ position: string | null; withheld: number }>(PROGRESS, [topic]);
    const [row] = rows;
    return { position: positionAt(row?.position ?? START.number), withheld: row?.withheld ?? 0 };
  }

  private async change(statement: string, values: readonly unknown[]): Promise<number> {
    const { rowCount } = await this.pool.query(statement, [...values]);
    return rowCount ?? 0;
  }
}

async function assertPartitionCount(client: PoolClient, topic: string, partitionCount: number): Promise<void> {
  const { rows } = await client.query<{ partition_count: number }>(
    'SELECT partition_count FROM relay_lease WHERE topic = $1',
    [topic],
  );
  const stored = rows[0]?.partition_count ?? partitionCount;
  if (stored !== partitionCount) throw new TopicPartitionsError(topic, stored, partitionCount);
}

function staleRelay(topic: string): StaleRelayError {
  return new StaleRelayError(`Another relay publishes to ${topic}`);
}

function checkpointOf({ partition, position, previous }: PartitionRow): RelayCheckpoint {
  return { partition, position: positionAt(position), previous: Number(previous) };
}

function positionAt(number: string | number): Position {
  return { shard: START.shard, number: Number(number) };
}
