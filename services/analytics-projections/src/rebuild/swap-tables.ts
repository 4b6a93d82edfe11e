import { inTransaction, schemaName } from '@poinciana/database';
import { TransientError } from '@poinciana/event-sourcing';
import { partitionOfKey } from '@poinciana/messaging';
import { CLAIM_LEAP } from '@poinciana/messaging-log';
import type { Pool, PoolClient } from 'pg';
import { viewTables } from './beside-schema.js';
import { lockTables } from './lock-tables.js';

/** How long the swap waits for writers to let go of a partition. */
const LOCK_TIMEOUT_MS = 5_000;

export interface SwapSettings {
  readonly live: string;
  readonly beside: string;
  readonly groups: readonly string[];
  /** Brings the tables beside at least to this place of the log, and ends their writers. Called while nobody writes the live ones. */
  readonly catchUpTo: (position: number) => Promise<void>;
  /** What hangs on the tables and is made anew on the new ones, in the same transaction. */
  readonly afterwards: (client: PoolClient) => Promise<void>;
}

/**
 * Puts the tables beside in the place of the live ones, in one transaction. The partitions of the groups are locked first, as
 * every commit of a member locks them, so nobody writes meanwhile; then the tables beside are at least as far as the live ones.
 * That they may be further is no harm: what comes again changes nothing. The fences leap as in a claim, so that nobody whose commit a
 * crash took back passes for a member of the new tables. Dead letters are those of the replay from now on.
 */
export function swapTables(pool: Pool, settings: SwapSettings): Promise<void> {
  const { live, beside, groups, catchUpTo, afterwards } = settings;
  return inTransaction(pool, async (client) => {
    await client.query(
      `SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}; SET LOCAL idle_in_transaction_session_timeout = 0`,
    );
    const { rows } = await client.query<{ position: string }>(
      `SELECT position FROM ${schemaName(live)}.consumer_partition WHERE group_name = ANY($1) ORDER BY group_name, shard, partition FOR UPDATE`,
      [groups],
    );
    await catchUpTo(Math.max(0, ...rows.map(({ position }) => Number(position))));
    await moveTables(client, live, beside);
    await moveDeadLetters(client, settings);
    await client.query(
      `UPDATE ${schemaName(live)}.consumer_partition SET fence = fence + ${CLAIM_LEAP} WHERE group_name = ANY($1)`,
      [groups],
    );
    await afterwards(client);
    await client.query(`DROP SCHEMA ${schemaName(beside)} CASCADE`);
  });
}

async function moveTables(client: PoolClient, live: string, beside: string): Promise<void> {
  const [old, built] = [await viewTables(client, live), await viewTables(client, beside)];
  if (old.join() !== built.join())
    throw new Error(`The schemas ${live} and ${beside} have different tables: ${old.join()} and ${built.join()}`);
  await lockTables(client, live, old);
  for (const table of old) {
    await client.query(
      `DROP TABLE ${schemaName(live)}."${table}" CASCADE; ALTER TABLE ${schemaName(beside)}."${table}" SET SCHEMA ${schemaName(live)}`,
    );
  }
  // Indexes go with their tables; statistics do not.
  const { rows } = await client.query<{ name: string }>(
    'SELECT stxname AS name FROM pg_statistic_ext WHERE stxnamespace = $1::regnamespace',
    [beside],
  );
  for (const { name } of rows) {
    await client.query(`ALTER STATISTICS ${schemaName(beside)}."${name}" SET SCHEMA ${schemaName(live)}`);
  }
}

/** As far as the live groups have come: what lies behind that they will meet, and put away, themselves. */
async function moveDeadLetters(client: PoolClient, { live, beside, groups }: SwapSettings): Promise<void> {
  const from = schemaName(beside);
  const to = schemaName(live);
  await client.query(`DELETE FROM ${to}.dead_letter WHERE group_name = ANY($1)`, [groups]);
  await client.query(`DELETE FROM ${to}.consumer_key_ahead WHERE group_name = ANY($1)`, [groups]);
  await assignPartitions(client, from, to);
  await client.query(
    `INSERT INTO ${to}.dead_letter SELECT letter.* FROM ${from}.dead_letter letter
     JOIN ${to}.consumer_partition p ON p.group_name = letter.group_name AND p.shard = letter.shard AND p.partition = letter.partition
     WHERE letter.position <= p.position`,
  );
}

/** A broker may deal out another number of partitions than the replay had. */
async function assignPartitions(client: PoolClient, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ group_name: string; position: string; key: string; partitions: number }>(
    `SELECT letter.group_name, letter.position, letter.key, g.partition_count AS partitions FROM ${from}.dead_letter letter
     JOIN ${to}.consumer_group g USING (group_name)`,
  );
  await client.query(
    `UPDATE ${from}.dead_letter d SET partition = n.partition
     FROM unnest($1::text[], $2::bigint[], $3::smallint[]) AS n (group_name, position, partition)
     WHERE d.group_name = n.group_name AND d.position = n.position`,
    [
      rows.map(({ group_name: group }) => group),
      rows.map(({ position }) => position),
      rows.map(({ key, partitions }) => partitionOfKey(key, partitions)),
    ],
  );
}

/** Somebody held a table or a partition for too long; nothing was changed. */
export function isSwapRefused(error: unknown): boolean {
  return error instanceof TransientError;
}
