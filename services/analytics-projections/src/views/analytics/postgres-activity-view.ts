import { binaryArray } from '@poinciana/database';
import type { Pool, PoolClient } from 'pg';
import type { Activity } from './activity.js';
import {
  type ActivityPoint,
  type ActivityQuery,
  type ActivitySum,
  ActivityView,
  type Interval,
  type NodeVisits,
} from './activity-view.js';

const CELL =
  'workspace, campaign_id, moment, quarter_hour, flow_id, version, node_id, subject, channel_type, agent_id, state, code';

/** Puts moves of cells (`CELL`, count, seconds) into effect, always in the same order of rows. */
export function addToActivity(moves: string): string {
  return `
  INSERT INTO activity AS known (${CELL}, count, seconds)
  SELECT ${CELL}, sum(count), sum(seconds) FROM ${moves} AS moved
  GROUP BY ${CELL} HAVING sum(count) <> 0 ORDER BY ${CELL}
  ON CONFLICT (${CELL}) DO UPDATE SET count = known.count + excluded.count, seconds = known.seconds + excluded.seconds`;
}

const MOVE =
  addToActivity(`unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::int[], $7::text[],
  $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[])`).replace(
    'AS moved',
    `AS moved (${CELL}, count, seconds)`,
  );

export async function moveActivity(transaction: PoolClient, moves: readonly Activity[]): Promise<void> {
  if (moves.length === 0) return;
  const texts = (['flowId', 'nodeId', 'subject', 'channelType', 'agentId', 'state', 'code'] as const).map((part) =>
    binaryArray.text(moves.map((move) => move[part])),
  );
  const [flows, ...others] = texts;
  await transaction.query(MOVE, [
    binaryArray.uuid(moves.map(({ workspace }) => workspace)),
    binaryArray.uuid(moves.map(({ campaignId }) => campaignId)),
    binaryArray.text(moves.map(({ moment }) => moment)),
    binaryArray.timestamptz(moves.map(({ quarterHour }) => quarterHour)),
    flows,
    binaryArray.int4(moves.map(({ version }) => version)),
    ...others,
    binaryArray.int8(moves.map(({ count }) => count)),
    binaryArray.int8(moves.map(({ seconds }) => seconds)),
  ]);
}

const PERIOD = 'workspace = $1 AND campaign_id = ANY($2::uuid[]) AND quarter_hour >= $3 AND quarter_hour < $4';
const MOMENTS = `moment IN ('joined', 'planned', 'started', 'replied', 'ended')`;

const POINTS = `
  SELECT campaign_id AS "campaignId", moment, date_trunc($5, quarter_hour, $6) AS at, state, sum(count)::float8 AS count
  FROM activity WHERE ${PERIOD} AND ${MOMENTS} GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0 ORDER BY 3, 1, 2, 4`;

const SUMS = `
  SELECT campaign_id AS "campaignId", moment, flow_id AS "flowId", node_id AS "nodeId", subject, channel_type AS "channelType",
    agent_id AS "agentId", state, code, sum(count)::float8 AS count, sum(seconds)::float8 AS seconds
  FROM activity WHERE ${PERIOD} AND ${MOMENTS} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;

const VISITS = `
  SELECT flow_id AS "flowId", version, node_id AS "nodeId", state AS output, sum(count)::float8 AS count
  FROM activity WHERE ${PERIOD} AND moment = 'visited' GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4`;

export class PostgresActivityView extends ActivityView {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async points(query: ActivityQuery, interval: Interval, zone: string): Promise<readonly ActivityPoint[]> {
    const { rows } = await this.pool.query<Omit<ActivityPoint, 'at'> & { readonly at: Date }>(POINTS, [
      ...periodOf(query),
      interval,
      zone,
    ]);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  override async sums(query: ActivityQuery): Promise<readonly ActivitySum[]> {
    return (await this.pool.query<ActivitySum>(SUMS, periodOf(query))).rows;
  }

  override async visits(query: ActivityQuery): Promise<readonly NodeVisits[]> {
    return (await this.pool.query<NodeVisits>(VISITS, periodOf(query))).rows;
  }
}

function periodOf({ workspace, campaignIds, from, before }: ActivityQuery): unknown[] {
  return [workspace, campaignIds, from, before];
}
