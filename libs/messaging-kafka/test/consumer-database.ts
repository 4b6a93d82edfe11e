import { applyMigrations, createPool } from '@poinciana/database';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { messagingLogMigrations } from '@poinciana/messaging-log';
import type { StateWrite } from '@poinciana/messaging';
import type { Effect, Effects } from '@poinciana/messaging/conformance';
import type { Pool, PoolClient } from 'pg';

const CREATE_EFFECT = `
  CREATE TABLE IF NOT EXISTS effect (
    number bigint GENERATED ALWAYS AS IDENTITY, event_id uuid NOT NULL, key uuid NOT NULL, position bigint NOT NULL)`;

const INSERT_EFFECTS = `
  INSERT INTO effect (event_id, key, position)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[])`;

/** The server ends the transaction of a process that stands still after this long. */
const STANDSTILL_MS = 1_000;

/** A schema with the tables of the consumer groups and one of the consumer's own. */
export async function createConsumerSchema(url: string, schema: string): Promise<Pool> {
  const pool = createPool({
    url,
    schema,
    max: 8,
    applicationName: 'messaging-kafka-test',
    idleInTransactionTimeoutMs: STANDSTILL_MS,
  });
  await applyMigrations(pool, { schema, folder: messagingLogMigrations });
  await pool.query(CREATE_EFFECT);
  return pool;
}

/** The consumer's own state: one row for each time that an event had its effect. */
export class PostgresEffects implements Effects<PoolClient> {
  constructor(private readonly pool: Pool) {}

  write(events: readonly StoredEvent[]): StateWrite<PoolClient> {
    const ids = events.map(({ id }) => id);
    const keys = events.map(({ key }) => key);
    const positions = events.map(({ position }) => position.number);
    return async (client) => void (await client.query(INSERT_EFFECTS, [ids, keys, positions]));
  }

  async all(): Promise<readonly Effect[]> {
    const { rows } = await this.pool.query<{ event_id: string; key: string; position: string }>(
      'SELECT event_id, key, position FROM effect ORDER BY number',
    );
    return rows.map((row) => ({ eventId: row.event_id, key: row.key, position: Number(row.position) }));
  }
}
