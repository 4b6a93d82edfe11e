import { binaryArray } from '@poinciana/database';
import type { Pool, PoolClient } from 'pg';
import { instantSql } from '../../storage/local-time-sql.js';
import type { Activity } from './activity.js';
import {
  type ActivityPoint,
  type ActivityQuery,
  type ActivitySum,
  ActivityView,
  type Interval,
  type NodeVisits,
} from './activity-view.js';

/** A cell, but for when it was. */
const PLACE = 'flow_id, version, node_id, subject, channel_type, agent_id, state, code';
const CELL = `workspace, campaign_id, moment, quarter_hour, ${PLACE}`;
const DAY_CELL = `workspace, campaign_id, moment, day, ${PLACE}`;
const SERIES_CELL = 'workspace, campaign_id, moment, quarter_hour, state';

/**
 * The end of a statement that begins WITH: puts moves of cells (`CELL`, count, seconds) into effect, always in the same order of
 * rows; and from the few cells that come of them those of the days and of the series.
 */
export function addToActivity(moves: string): string {
  return `
  moved_cells AS (
    SELECT ${CELL}, sum(count) AS count, sum(seconds) AS seconds FROM ${moves} AS moved GROUP BY ${CELL} HAVING sum(count) <> 0
  ), added_days AS (
    INSERT INTO activity_day AS known (${DAY_CELL}, count, seconds)
    SELECT workspace, campaign_id, moment, date_trunc('day', quarter_hour, 'UTC') AS day, ${PLACE}, sum(count), sum(seconds) FROM moved_cells
    GROUP BY ${DAY_CELL} HAVING sum(count) <> 0 ORDER BY ${DAY_CELL}
    ON CONFLICT (${DAY_CELL}) DO UPDATE SET count = known.count + excluded.count, seconds = known.seconds + excluded.seconds
  ), added_series AS (
    INSERT INTO activity_series AS known (${SERIES_CELL}, count)
    SELECT ${SERIES_CELL}, sum(count) FROM moved_cells WHERE moment <> 'visited'
    GROUP BY ${SERIES_CELL} HAVING sum(count) <> 0 ORDER BY ${SERIES_CELL}
    ON CONFLICT (${SERIES_CELL}) DO UPDATE SET count = known.count + excluded.count
  )
  INSERT INTO activity AS known (${CELL}, count, seconds)
  SELECT ${CELL}, count, seconds FROM moved_cells ORDER BY ${CELL}
  ON CONFLICT (${CELL}) DO UPDATE SET count = known.count + excluded.count, seconds = known.seconds + excluded.seconds`;
}

const MOVE =
  `WITH ${addToActivity(`unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::int[], $7::text[],
  $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[])`)}`.replace(
    'AS moved ',
    `AS moved (${CELL}, count, seconds) `,
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

const OWN = 'workspace = $1 AND campaign_id = ANY($2::uuid[])';
const MOMENTS = `moment IN ('joined', 'planned', 'started', 'replied', 'ended')`;

const SERIES = `${OWN} AND quarter_hour >= $3 AND quarter_hour < $4`;

/** To which interval of a zone an instant belongs is dear to find out: it is asked once for each, and only once where that is written down. */
const pointsBy = (interval: string, beginning: string): string => `
  WITH intervals AS MATERIALIZED (
    SELECT quarter_hour, ${interval} AS part FROM (SELECT DISTINCT quarter_hour FROM activity_series WHERE ${SERIES}) AS instants
  )
  SELECT campaign_id AS "campaignId", moment, ${beginning} AS at, state, sum(count::float8) AS count
  FROM activity_series JOIN intervals USING (quarter_hour)
  WHERE ${SERIES} GROUP BY 1, 2, part, 4 HAVING sum(count::float8) <> 0 ORDER BY 3, 1, 2, 4`;

const POINTS_BY_HOUR = pointsBy('date_trunc($5, quarter_hour, $6::text)', 'part');
/** By what the clocks show: days, weeks and months begin at a midnight there, the first where it comes twice. */
const POINTS_BY_DAYS = pointsBy('date_trunc($5, quarter_hour AT TIME ZONE $6::text)', instantSql('part', '$6::text'));

/** Of a period ($3 to $4) the whole days in UTC ($5 to $6), and what lies before and behind them by the quarter of an hour. */
function cellsOfPeriod(moments: string): string {
  const columns = `campaign_id, moment, ${PLACE}, count, seconds`;
  return `(
    SELECT ${columns} FROM activity_day WHERE ${OWN} AND ${moments} AND day >= $5 AND day < $6
    UNION ALL SELECT ${columns} FROM activity WHERE ${OWN} AND ${moments} AND quarter_hour >= $3 AND quarter_hour < $5
    UNION ALL SELECT ${columns} FROM activity WHERE ${OWN} AND ${moments} AND quarter_hour >= $6 AND quarter_hour < $4
  ) AS cells`;
}

const SUMS = `
  SELECT campaign_id AS "campaignId", moment, flow_id AS "flowId", node_id AS "nodeId", subject, channel_type AS "channelType",
    agent_id AS "agentId", state, code, sum(count::float8) AS count, sum(seconds::float8) AS seconds
  FROM ${cellsOfPeriod(MOMENTS)} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;

const VISITS = `
  SELECT flow_id AS "flowId", version, node_id AS "nodeId", state AS output, sum(count)::float8 AS count
  FROM ${cellsOfPeriod(`moment = 'visited'`)} GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0 ORDER BY 1, 2, 3, 4`;

export class PostgresActivityView extends ActivityView {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async points(query: ActivityQuery, interval: Interval, zone: string): Promise<readonly ActivityPoint[]> {
    const { rows } = await this.pool.query<Omit<ActivityPoint, 'at'> & { readonly at: Date }>(
      interval === 'hour' ? POINTS_BY_HOUR : POINTS_BY_DAYS,
      [...periodOf(query), interval, zone],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  override async sums(query: ActivityQuery): Promise<readonly ActivitySum[]> {
    return (await this.pool.query<ActivitySum>(SUMS, [...periodOf(query), ...wholeDaysOf(query)])).rows;
  }

  override async visits(query: ActivityQuery): Promise<readonly NodeVisits[]> {
    return (await this.pool.query<NodeVisits>(VISITS, [...periodOf(query), ...wholeDaysOf(query)])).rows;
  }
}

function periodOf({ workspace, campaignIds, from, before }: ActivityQuery): unknown[] {
  return [workspace, campaignIds, from, before];
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The first instant of the first whole day in UTC of a period, and that behind the last one; twice its end when it has none. */
function wholeDaysOf({ from, before }: ActivityQuery): readonly [string, string] {
  const first = Math.ceil(Date.parse(from) / DAY_MS) * DAY_MS;
  const behind = Math.floor(Date.parse(before) / DAY_MS) * DAY_MS;
  if (first >= behind) return [before, before];
  return [new Date(first).toISOString(), new Date(behind).toISOString()];
}
