import { binaryArray } from '@poinciana/database';
import type { PoolClient } from 'pg';
import { ADD_TO_COUNTERS } from '../counters/postgres-counter-view.js';
import type { CommunicationChange } from './communication-changes.js';

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
    RETURNING workspace, campaign_id, name, status, code, counted_status, counted_code
  ), moved AS (
    SELECT workspace, campaign_id, 'communications' AS measure, name AS subject, move.status AS state, move.code AS detail, move.count
    FROM written
    CROSS JOIN LATERAL (VALUES (status, code, 1), (counted_status, counted_code, -1)) AS move (status, code, count)
    WHERE move.status IS NOT NULL
  ) ${ADD_TO_COUNTERS}`;

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
