import { pipeline } from 'node:stream/promises';
import { withStatementTime } from '@poinciana/database';
import { defaultWorkspace } from '@poinciana/standalone';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COMMUNICATIONS, EVENTS, PARTICIPANTS, type SeededCampaign, type SeededTable } from './seeded-rows.js';

/** Lines that are sent to PostgreSQL in one piece. */
const PIECE_LINES = 1_000;

interface Seeded {
  readonly pool: Pool;
  readonly campaignId: string;
  readonly note: (line: string) => void;
}

const QUARTER_HOUR = (column: string) => `date_bin('15 minutes', ${column}, timestamptz '2000-01-01 00:00Z')`;
const WAITED = 'floor(extract(epoch FROM replied_at - started_at))::bigint';
const OF_NODE = 'flow_id, 0 AS version, node_id, name, channel_type, agent_id';

/** Cells of one moment of the communications, as the view keeps them. */
function cellsOf(moment: string, column: string, state: string, code: string, seconds = '0'): string {
  return `SELECT workspace, campaign_id, '${moment}', ${QUARTER_HOUR(column)}, ${OF_NODE}, ${state}, ${code}, count(*), ${seconds}
    FROM analytics_projections.communication WHERE campaign_id = $1 AND ${column} IS NOT NULL GROUP BY 1, 2, 4, 5, 7, 8, 9, 10, 11, 12`;
}

/**
 * The roll-up of the campaign: a cell for every quarter of an hour of the month, node and status, which is all that there can be,
 * however many communications there are.
 */
const ACTIVITY = `
  INSERT INTO analytics_projections.activity
  ${cellsOf('planned', 'planned_at', 'status', 'code')}
  UNION ALL ${cellsOf('started', 'started_at', `''`, `''`)}
  UNION ALL ${cellsOf('replied', 'replied_at', `CASE WHEN ${WAITED} <= 900 THEN '900' WHEN ${WAITED} <= 3600 THEN '3600' ELSE '14400' END`, `''`, `sum(${WAITED})`)}
  UNION ALL ${cellsOf('ended', 'ended_at', 'status', 'code')}
  UNION ALL
  SELECT workspace, campaign_id, 'joined', ${QUARTER_HOUR('created_at')}, '', 0, '', '', '', '', '', '', count(*), 0
  FROM analytics_projections.participant WHERE campaign_id = $1 GROUP BY 1, 2, 4`;

/** What follows from them, as the view keeps it too. */
const COARSER_ACTIVITY = `
  INSERT INTO analytics_projections.activity_day
  SELECT workspace, campaign_id, moment, date_trunc('day', quarter_hour, 'UTC'), flow_id, version, node_id, subject, channel_type, agent_id,
    state, code, sum(count), sum(seconds)
  FROM analytics_projections.activity GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
  ON CONFLICT DO NOTHING;
  INSERT INTO analytics_projections.activity_series
  SELECT workspace, campaign_id, moment, quarter_hour, state, sum(count)
  FROM analytics_projections.activity WHERE moment <> 'visited' GROUP BY 1, 2, 3, 4, 5
  ON CONFLICT DO NOTHING`;

const SEEDED = [
  ...['participant', 'communication', 'activity', 'activity_day', 'activity_series'].map(
    (table) => `analytics_projections.${table}`,
  ),
  'event_log.events',
];

/** Fills the tables behind a campaign by COPY, without their indexes while that goes on, and then the roll-up from them. */
export async function seedTables({ pool, campaignId, note }: Seeded, rows: number): Promise<void> {
  await withStatementTime(pool, 0, async (client) => {
    await client.query("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
    const indexes = await takeIndexesAway(client);
    for (const table of [PARTICIPANTS, COMMUNICATIONS, EVENTS]) {
      await copy(client, table, { workspace: defaultWorkspace, id: campaignId }, rows);
      note(`${rows} rows of ${table.table}`);
    }
    for (const definition of indexes) await client.query(definition);
    note('indexes');
    const { rowCount } = await client.query(ACTIVITY, [campaignId]);
    await client.query(COARSER_ACTIVITY);
    await client.query(`VACUUM ANALYZE ${SEEDED.join(', ')}`);
    await client.query('CHECKPOINT');
    note(`${rowCount} cells of the roll-up`);
  });
}

async function copy(client: PoolClient, seeded: SeededTable, campaign: SeededCampaign, rows: number): Promise<void> {
  const { table, columns } = seeded;
  await pipeline(
    pieces(seeded, campaign, rows),
    client.query(copyFrom(`COPY ${table} (${columns.replaceAll('\n', ' ')}) FROM STDIN`)),
  );
}

function* pieces(seeded: SeededTable, campaign: SeededCampaign, rows: number): Generator<string> {
  for (let first = 1; first <= rows; first += PIECE_LINES) {
    const numbers = Array.from({ length: Math.min(PIECE_LINES, rows - first + 1) }, (_, at) => first + at);
    yield numbers.map((number) => `${lineOf(seeded.row(campaign, number))}\n`).join('');
  }
}

/** Nothing that is seeded holds a character that COPY would want escaped. */
function lineOf(columns: readonly (string | number | null)[]): string {
  return columns.map((column) => column ?? '\\N').join('\t');
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
