import { createHash } from 'node:crypto';
import { defaultWorkspace } from '@poinciana/standalone';
import type { Pool } from 'pg';

const DAYS = 30;
/** Rows of one statement: what a transaction of the database holds comfortably. */
const PIECE_ROWS = 250_000;

interface Seeded {
  readonly pool: Pool;
  readonly campaignId: string;
  readonly note: (line: string) => void;
}

/** People of 50 first names and 400 families who came over a month, in an order of their own for each column. */
const PARTICIPANTS = `
  INSERT INTO analytics_projections.participant (id, workspace, campaign_id, customer_id, object_id, life, time_zone, name, email, phone,
    external_id, "values", upload_ids, created_at, updated_at, deleted, counted, revision)
  SELECT md5('participant' || n)::uuid, $1, $2, md5('customer' || n)::uuid, '', 1, NULL, name, email, phone, external_id,
    json_build_object('name', name, 'email', email, 'phone', phone, 'external_id', upper(external_id), 'is_payment_received', h % 3 = 0,
      'due_date', to_char(date '2026-01-01' + h % 365, 'YYYY-MM-DD'), 'amount', (h % 1000000) / 100.0),
    ARRAY[md5('upload' || h % 20)::uuid], came, came + (h % 3600) * interval '1 second', false, true, 0
  FROM (
    SELECT n, h, 'first' || lpad((h % 50)::text, 2, '0') || ' family' || lpad((h / 64 % 400)::text, 3, '0') || ' ' || n AS name,
      'person.' || lpad(n::text, 8, '0') || '@example.org' AS email, '346' || lpad(h::text, 10, '0') AS phone,
      'c' || lpad(n::text, 9, '0') AS external_id, timestamptz '2026-10-01 00:00Z' + (h % ${DAYS * 86_400}) * interval '1 second' AS came
    FROM (SELECT n, hashtext(n::text)::bigint + 2147483648 AS h FROM generate_series($3::int, $4::int) AS n) AS numbers
  ) AS people`;

/** One communication for each of them, of 5 names over 3 channels, in every status. */
const COMMUNICATIONS = `
  INSERT INTO analytics_projections.communication (id, workspace, campaign_id, participant_id, life, flow_id, run_id, node_id, name, agent_id,
    channel_id, channel_type, status, code, send_at, planned_at, started_at, replied_at, ended_at, session_id, attempts, result, revision)
  SELECT md5('communication' || n)::uuid, $1, $2, md5('participant' || n)::uuid, 1, 'flow' || h % 2, md5('run' || n)::uuid, 'node' || h % 5,
    'NAME_' || h % 5, 'agent', 'channel', (ARRAY['whatsapp', 'email', 'telegram'])[1 + h % 3],
    (ARRAY['Planned', 'Started', 'Replied', 'Completed', 'NoResponse', 'Skipped'])[1 + h / 16 % 6],
    CASE WHEN h / 16 % 6 = 5 THEN 'window_missed' ELSE '' END, came, came,
    CASE WHEN h / 16 % 6 BETWEEN 1 AND 4 THEN came + interval '1 minute' END,
    CASE WHEN h / 16 % 6 BETWEEN 2 AND 3 THEN came + interval '1 minute' + (h % 4000) * interval '1 second' END,
    CASE WHEN h / 16 % 6 BETWEEN 3 AND 5 THEN came + interval '2 hours' END, NULL, 1, NULL, 3
  FROM (
    SELECT n, h, timestamptz '2026-10-01 00:00Z' + (h % ${DAYS * 86_400}) * interval '1 second' AS came
    FROM (SELECT n, hashtext(n::text)::bigint + 2147483648 AS h FROM generate_series($3::int, $4::int) AS n) AS numbers
  ) AS all_of_them`;

/** Somebody else's events in a shard that nobody reads, so that streams are looked for among as many. */
const EVENTS = `
  INSERT INTO event_log.events (position, time, stream, id, workspace, key, causation, correlation, revision, shard, category, hop, type, actor, data, size)
  SELECT n, now(), id, id, $1, id, id, id, 0, 1, (SELECT min(code) FROM event_log.categories), 0, 'ParticipantCreated', 'service:bench',
    json_build_object('campaign', $2::uuid), 60
  FROM (SELECT n, md5('event' || n)::uuid AS id FROM generate_series($3::int, $4::int) AS n) AS numbers`;

/**
 * The roll-up of a campaign with as many communications as one likes: one statement with a cell for every quarter of an hour of a
 * month, node, channel and status, which is all that there can be.
 */
const ACTIVITY = `
  INSERT INTO analytics_projections.activity
  SELECT workspace, campaign_id, 'planned', date_bin('15 minutes', planned_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name,
    channel_type, agent_id, status, code, count(*), 0
  FROM analytics_projections.communication WHERE campaign_id = $1 GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12
  UNION ALL
  SELECT workspace, campaign_id, 'started', date_bin('15 minutes', started_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name,
    channel_type, agent_id, '', '', count(*), 0
  FROM analytics_projections.communication WHERE campaign_id = $1 AND started_at IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10
  UNION ALL
  SELECT workspace, campaign_id, 'ended', date_bin('15 minutes', ended_at, timestamptz '2000-01-01 00:00Z'), flow_id, 0, node_id, name,
    channel_type, agent_id, status, code, count(*), 0
  FROM analytics_projections.communication WHERE campaign_id = $1 AND ended_at IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12
  UNION ALL
  SELECT workspace, campaign_id, 'joined', date_bin('15 minutes', created_at, timestamptz '2000-01-01 00:00Z'), '', 0, '', '', '', '', '', '', count(*), 0
  FROM analytics_projections.participant WHERE campaign_id = $1 GROUP BY 1, 2, 4`;

/** The id of a seeded participant, by number from 1. */
export function participantId(number: number): string {
  return createHash('md5').update(`participant${number}`).digest('hex');
}

/** Fills the tables behind a campaign, without its indexes while that goes on, and answers how many cells the roll-up has. */
export async function seedTables(seeded: Seeded, rows: number): Promise<number> {
  const { pool, campaignId, note } = seeded;
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0; SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
    const indexes = await takeIndexesAway(client);
    for (const [what, statement] of Object.entries({ PARTICIPANTS, COMMUNICATIONS, EVENTS })) {
      for (let from = 1; from <= rows; from += PIECE_ROWS)
        await client.query(statement, [defaultWorkspace, campaignId, from, Math.min(rows, from + PIECE_ROWS - 1)]);
      note(`${rows} ${what.toLowerCase()}`);
    }
    for (const definition of indexes) await client.query(definition);
    const { rowCount } = await client.query(ACTIVITY, [campaignId]);
    await client.query(
      'VACUUM ANALYZE analytics_projections.participant, analytics_projections.communication, analytics_projections.activity, event_log.events',
    );
    await client.query('CHECKPOINT');
    note(`indexes, and ${rowCount} cells of the roll-up`);
    return rowCount ?? 0;
  } finally {
    client.release(true);
  }
}

async function takeIndexesAway(client: Pick<Pool, 'query'>): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid IN ('analytics_projections.participant'::regclass, 'analytics_projections.communication'::regclass)
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
