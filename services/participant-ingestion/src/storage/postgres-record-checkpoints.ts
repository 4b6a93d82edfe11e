import { inTransaction } from '@poinciana/database';
import { StaleMemberError } from '@poinciana/messaging';
import type { RecordCheckpoints, RecordClaim, RecordDeadLetter } from '@poinciana/messaging-kafka';
import type { Pool } from 'pg';

const CLAIM = `
  INSERT INTO inbound_partition (topic, partition, fence) VALUES ($1, $2, 1)
  ON CONFLICT (topic, partition) DO UPDATE SET fence = inbound_partition.fence + 1
  RETURNING fence, next_offset, begun_through`;

const BEGIN = `
  UPDATE inbound_partition SET begun_through = greatest(begun_through, $4)
  WHERE topic = $1 AND partition = $2 AND fence = $3`;

const FINISH = `
  UPDATE inbound_partition SET next_offset = $4, begun_through = greatest(begun_through, $4)
  WHERE topic = $1 AND partition = $2 AND fence = $3`;

/** Where a record's workspace is not known, nobody's token was valid: such a row belongs to no workspace, and none gets to see it. */
const BURY = `
  INSERT INTO inbound_dead_letter (topic, partition, record_offset, workspace, code, reason)
  SELECT $1, $2, * FROM unnest($3::bigint[], $4::uuid[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING`;

interface ClaimRow {
  readonly fence: string;
  readonly next_offset: string;
  readonly begun_through: string;
}

/** In the service's own schema, which is the pool's search path. */
export class PostgresRecordCheckpoints implements RecordCheckpoints {
  constructor(private readonly pool: Pool) {}

  async claim(topic: string, partition: number): Promise<RecordClaim> {
    const { rows } = await this.pool.query<ClaimRow>(CLAIM, [topic, partition]);
    const [row] = rows;
    if (row === undefined) throw new Error('A claim answered nothing');
    return { fence: Number(row.fence), next: Number(row.next_offset), begunThrough: Number(row.begun_through) };
  }

  async begin(topic: string, partition: number, fence: number, through: number): Promise<void> {
    const { rowCount } = await this.pool.query(BEGIN, [topic, partition, fence, through]);
    if (rowCount === 0) throw stale(topic, partition);
  }

  async finish(
    topic: string,
    partition: number,
    fence: number,
    through: number,
    deadLetters: readonly RecordDeadLetter[],
  ): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(FINISH, [topic, partition, fence, through]);
      if (rowCount === 0) throw stale(topic, partition);
      if (deadLetters.length === 0) return;
      await client.query(BURY, [
        topic,
        partition,
        deadLetters.map(({ offset }) => offset),
        deadLetters.map(({ workspace }) => workspace ?? null),
        deadLetters.map(({ code }) => code),
        deadLetters.map(({ reason }) => reason),
      ]);
    });
  }
}

function stale(topic: string, partition: number): StaleMemberError {
  return new StaleMemberError(`Another member reads partition ${partition} of ${topic}`);
}
