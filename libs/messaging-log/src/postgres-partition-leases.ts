import { START } from '@poinciana/event-sourcing';
import type { Fence, GroupView, PartitionLeases } from '@poinciana/messaging';
import type { Pool } from 'pg';
import { CLAIM_LEAP, ownStatements, UNHURRIED } from './checkpoint-transaction.js';

/** What a crash of the database takes of it ends a lease too early, which the fences allow. */
const RENEW = `
  INSERT INTO consumer_member (group_name, member, lease_until)
  SELECT $1, $2::uuid, clock_timestamp() + $3 * interval '1 millisecond' FROM ${UNHURRIED}
  ON CONFLICT (group_name, member) DO UPDATE SET lease_until = excluded.lease_until`;

const VIEW = `
  WITH living AS (
    SELECT member FROM consumer_member WHERE group_name = $1 AND (lease_until > clock_timestamp() OR member = $2)
  ), dealt AS (
    SELECT partition, position, owner, owner IS NULL OR owner NOT IN (SELECT member FROM living) AS is_free
    FROM consumer_partition WHERE group_name = $1 AND shard = 0
  )
  SELECT (SELECT array_agg(member::text) FROM living) AS members,
    (SELECT coalesce(array_agg(partition ORDER BY partition), '{}') FROM dealt WHERE is_free) AS free,
    (SELECT coalesce(json_agg(json_build_array(partition, position) ORDER BY partition), '[]') FROM dealt WHERE owner = $2) AS own`;

/**
 * A partition whose row is locked is in the middle of a commit or a replay, perhaps of a process that stands still: it is left
 * for the next heartbeat, so that nobody's own work waits for it.
 */
const CLAIM = `
  WITH claimable AS (
    SELECT p.partition FROM consumer_partition p
    WHERE p.group_name = $1 AND p.shard = 0 AND p.partition = ANY($3::smallint[])
      AND (p.owner IS NULL OR p.owner = $2 OR NOT EXISTS (
        SELECT 1 FROM consumer_member m
        WHERE m.group_name = p.group_name AND m.member = p.owner AND m.lease_until > clock_timestamp()))
    ORDER BY p.partition FOR UPDATE OF p SKIP LOCKED
  )
  UPDATE consumer_partition p SET owner = $2, fence = p.fence + ${CLAIM_LEAP} FROM claimable c
  WHERE p.group_name = $1 AND p.shard = 0 AND p.partition = c.partition
  RETURNING p.partition, p.fence`;

const RELEASE = `
  WITH held AS (
    SELECT partition FROM consumer_partition
    WHERE group_name = $1 AND shard = 0 AND owner = $2 AND ($3::smallint[] IS NULL OR partition = ANY($3))
    ORDER BY partition FOR UPDATE
  )
  UPDATE consumer_partition p SET owner = NULL FROM held h
  WHERE p.group_name = $1 AND p.shard = 0 AND p.partition = h.partition`;

/** Members of killed processes are forgotten after this long. */
const FORGET = `
  DELETE FROM consumer_member WHERE group_name = $1 AND lease_until < clock_timestamp() - interval '1 hour'`;

/** Leases in the consumer's own schema, on the database's clock. */
export class PostgresPartitionLeases implements PartitionLeases {
  constructor(private readonly pool: Pool) {}

  async heartbeat(group: string, member: string, leaseMs: number): Promise<GroupView> {
    const { rows } = await ownStatements(async () => {
      await this.pool.query({ name: 'renew-lease', text: RENEW, values: [group, member, leaseMs] });
      return this.pool.query<{ members: string[]; free: number[]; own: (readonly [number, number])[] }>({
        name: 'view-group',
        text: VIEW,
        values: [group, member],
      });
    });
    const { members = [], free = [], own = [] } = rows[0] ?? {};
    const places = own.map(([partition, number]) => ({ partition, position: { shard: START.shard, number } }));
    return { members: [...members].sort(), free, own: places };
  }

  async claim(group: string, member: string, partitions: readonly number[]): Promise<readonly Fence[]> {
    const { rows } = await ownStatements(async () => {
      await this.pool.query(FORGET, [group]);
      return this.pool.query<{ partition: number; fence: string }>(CLAIM, [group, member, partitions]);
    });
    return rows.map((row) => ({ partition: row.partition, number: Number(row.fence) }));
  }

  async release(group: string, member: string, partitions: readonly number[]): Promise<void> {
    await ownStatements(() => this.pool.query(RELEASE, [group, member, partitions]));
  }

  async leave(group: string, member: string): Promise<void> {
    await ownStatements(async () => {
      await this.pool.query(RELEASE, [group, member, null]);
      await this.pool.query('DELETE FROM consumer_member WHERE group_name = $1 AND member = $2', [group, member]);
    });
  }
}
