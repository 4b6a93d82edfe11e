import { connect, giveBack } from '@poinciana/database';
import type { EventStore } from '@poinciana/event-sourcing';
import type { ConsumerGroup, ReportToWatcher } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';

/** What rebuilding and verifying know of the service. */
export interface RebuildSettings {
  readonly eventStore: EventStore;
  /** On the live schema. */
  readonly pool: Pool;
  openPool(schema: string): Pool;
  readonly schema: string;
  /** The folders of the migrations that the live schema comes from. */
  readonly migrations: readonly string[];
  readonly groups: readonly ConsumerGroup<PoolClient>[];
  /** What hangs on the tables and is made anew when they were swapped. */
  readonly afterSwap: (client: PoolClient) => Promise<void>;
  readonly report: ReportToWatcher;
}

/** The first half of the advisory lock that lets one process at a time build the tables again. */
const LOCK = 0x7265_6275;

/**
 * Runs work unless somebody else does the same on this schema; answers `undefined` then. The lock ends with the connection, so a
 * process that was killed holds none.
 */
export async function withSchemaLock<Answer>(
  pool: Pool,
  schema: string,
  work: () => Promise<Answer>,
): Promise<{ readonly answer: Answer } | undefined> {
  const client = await connect(pool);
  try {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS mine', [
      LOCK,
      schema,
    ]);
    if (rows[0]?.mine !== true) return undefined;
    try {
      return { answer: await work() };
    } finally {
      // At once, for whoever comes next: a connection that is being closed holds the lock for a moment longer.
      await client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCK, schema]).catch(() => undefined);
    }
  } finally {
    // Closed rather than given back: where it could not be unlocked, the lock ends with it.
    giveBack(client, true);
  }
}
