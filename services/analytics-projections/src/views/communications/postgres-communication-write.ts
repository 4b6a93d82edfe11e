import { binaryArray } from '@poinciana/database';
import type { PoolClient } from 'pg';
import { quarterHourSql, REPLY_SECONDS } from '../analytics/activity.js';
import { addToActivity } from '../analytics/postgres-activity-view.js';
import { ADD_TO_COUNTERS } from '../counters/postgres-counter-view.js';
import type { CommunicationChange } from './communication-changes.js';

/** Statuses before the first moment of its kind: whoever was in one of these, or nowhere, has come to it with this write. */
const BEFORE_START = `counted_status IS NULL OR counted_status = 'Planned'`;
const BEFORE_REPLY = `counted_status IS NULL OR counted_status IN ('Planned', 'Started', 'Delivered', 'Read')`;
const BEFORE_END = `counted_status IS NULL OR counted_status IN ('Planned', 'Started', 'Delivered', 'Read', 'Replied')`;

const WAITED = `floor(greatest(0, extract(epoch FROM replied_at - coalesce(started_at, replied_at))))::bigint`;
const REPLY_BOUND = `CASE ${REPLY_SECONDS.map((bound) => `WHEN ${WAITED} <= ${bound} THEN '${bound}'`).join(' ')} ELSE 'more' END`;

/** One kind of moves that rows make in the roll-up. */
interface Move {
  readonly moment: string;
  readonly at: string;
  readonly state?: string;
  readonly code?: string;
  readonly count: 1 | -1;
  readonly seconds?: string;
  readonly when: string;
}

/** A row's cell of planning goes with its status; the other moments come once. */
const MOVES: readonly Move[] = [
  { moment: 'planned', at: 'planned_at', state: 'status', code: 'code', count: 1, when: 'true' },
  {
    moment: 'planned',
    at: 'planned_at',
    state: 'counted_status',
    code: 'counted_code',
    count: -1,
    when: 'counted_status IS NOT NULL',
  },
  { moment: 'started', at: 'started_at', count: 1, when: BEFORE_START },
  { moment: 'replied', at: 'replied_at', state: REPLY_BOUND, count: 1, seconds: WAITED, when: BEFORE_REPLY },
  { moment: 'ended', at: 'ended_at', state: 'status', code: 'code', count: 1, when: BEFORE_END },
];

/** One scan a kind: a list of values beside each row would be compiled anew for every row, which cost more than the row itself. */
const MOVED = MOVES.map(
  ({ moment, at, state = `''`, code = `''`, count, seconds = '0', when }) => `
    SELECT workspace, campaign_id, '${moment}' AS moment, ${quarterHourSql(at)} AS quarter_hour, flow_id, 0 AS version, node_id,
      name AS subject, channel_type, agent_id, ${state} AS state, ${code} AS code, ${count} AS count, ${seconds} AS seconds
    FROM written WHERE ${at} IS NOT NULL AND (${when})`,
).join(' UNION ALL ');

/**
 * One statement a batch, in the way of the participants: `counted_status` and `counted_code` keep what the counters held of a row
 * before, so that one counter loses exactly what another gains. Columns that never change are not written again.
 */
const WRITE = `
  WITH written AS (
    INSERT INTO communication AS known (id, workspace, campaign_id, participant_id, life, flow_id, run_id, node_id, name, agent_id,
      channel_id, channel_type, status, code, send_at, planned_at, started_at, replied_at, ended_at, session_id, attempts, result, revision)
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::uuid[], $8::text[], $9::text[],
      $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[],
      $18::timestamptz[], $19::timestamptz[], $20::uuid[], $21::int[], $22::text[], $23::int[])
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, code = excluded.code, send_at = excluded.send_at,
      started_at = excluded.started_at, replied_at = excluded.replied_at, ended_at = excluded.ended_at,
      session_id = excluded.session_id, attempts = excluded.attempts, result = excluded.result, revision = excluded.revision,
      counted_status = known.status, counted_code = known.code
    WHERE known.revision < excluded.revision
    RETURNING workspace, campaign_id, flow_id, node_id, name, channel_type, agent_id, status, code, planned_at, started_at, replied_at,
      ended_at, counted_status, counted_code
  ), moved AS (
    SELECT workspace, campaign_id, 'communications' AS measure, name AS subject, status AS state, code AS detail, 1 AS count FROM written
    UNION ALL
    SELECT workspace, campaign_id, 'communications', name, counted_status, counted_code, -1 FROM written WHERE counted_status IS NOT NULL
  ), added AS (${ADD_TO_COUNTERS}), ${addToActivity(`(${MOVED})`)}`;

export async function writeCommunications(
  transaction: PoolClient,
  changes: readonly CommunicationChange[],
): Promise<void> {
  const rows = changes.map(({ communication }) => communication);
  await transaction.query(WRITE, [
    binaryArray.uuid(rows.map(({ id }) => id)),
    binaryArray.uuid(changes.map(({ workspace }) => workspace)),
    binaryArray.uuid(rows.map(({ campaignId }) => campaignId)),
    binaryArray.uuid(rows.map(({ participantId }) => participantId)),
    binaryArray.int4(rows.map(({ life }) => life)),
    binaryArray.text(rows.map(({ flowId }) => flowId)),
    binaryArray.uuid(rows.map(({ runId }) => runId)),
    binaryArray.text(rows.map(({ nodeId }) => nodeId)),
    binaryArray.text(rows.map(({ name }) => name)),
    binaryArray.text(rows.map(({ agentId }) => agentId)),
    binaryArray.text(rows.map(({ channelId }) => channelId)),
    binaryArray.text(rows.map(({ channelType }) => channelType)),
    binaryArray.text(rows.map(({ status }) => status)),
    binaryArray.text(rows.map(({ code = '' }) => code)),
    binaryArray.timestamptz(rows.map(({ sendAt }) => sendAt)),
    binaryArray.timestamptz(changes.map(({ plannedAt }) => plannedAt)),
    binaryArray.timestamptz(rows.map(({ startedAt }) => startedAt)),
    binaryArray.timestamptz(rows.map(({ repliedAt }) => repliedAt)),
    binaryArray.timestamptz(rows.map(({ endedAt }) => endedAt)),
    binaryArray.uuid(rows.map(({ sessionId }) => sessionId)),
    binaryArray.int4(rows.map(({ attempts }) => attempts)),
    binaryArray.text(changes.map(({ result }) => result)),
    binaryArray.int4(changes.map(({ revision }) => revision)),
  ]);
}
