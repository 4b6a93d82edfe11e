import { binaryArray } from '@poinciana/database';
import type { PoolClient } from 'pg';
import { forgetConversations, lockErasures } from './postgres-session-erasures.js';
import type { ConcernChange, MessageChange, SessionChange, SessionChanges } from './session-changes.js';

/** A conversation is closed once: when its end is told again, what was erased meanwhile stays away. */
const SESSIONS = `
  INSERT INTO session AS known (id, workspace, channel_id, channel_type, agent_id, direction, communication_id, participant_id,
    customer_id, campaign_id, opened_at, last_at, closed_at, close_reason, results)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[],
    $10::uuid[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::json[])
  ON CONFLICT (id) DO UPDATE SET opened_at = least(known.opened_at, excluded.opened_at), last_at = greatest(known.last_at, excluded.last_at),
    closed_at = coalesce(excluded.closed_at, known.closed_at), close_reason = coalesce(excluded.close_reason, known.close_reason),
    results = CASE WHEN known.closed_at IS NULL THEN excluded.results ELSE known.results END`;

const MESSAGES = `
  INSERT INTO session_message (session_id, revision, workspace, at, direction, text)
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[]) ON CONFLICT DO NOTHING`;

const CONCERNS = `
  INSERT INTO session_participant (session_id, participant_id, workspace, campaign_id)
  SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS batch (s, p, w, c) ON CONFLICT DO NOTHING`;

export async function writeSessions(transaction: PoolClient, changes: SessionChanges): Promise<void> {
  const { sessions, messages, concerns } = changes;
  await lockErasures(transaction, changes);
  if (sessions.length > 0) await transaction.query(SESSIONS, sessionArrays(sessions));
  if (messages.length > 0) await transaction.query(MESSAGES, messageArrays(messages));
  if (concerns.length > 0) await transaction.query(CONCERNS, concernArrays(concerns));
  await forgetConversations(transaction, changes);
}

function sessionArrays(changes: readonly SessionChange[]): Buffer[] {
  const sessions = changes.map(({ session }) => session);
  return [
    binaryArray.uuid(sessions.map(({ id }) => id)),
    binaryArray.uuid(changes.map(({ workspace }) => workspace)),
    binaryArray.text(sessions.map(({ channelId }) => channelId)),
    binaryArray.text(sessions.map(({ channelType }) => channelType)),
    binaryArray.text(sessions.map(({ agentId }) => agentId)),
    binaryArray.text(sessions.map(({ direction }) => direction)),
    binaryArray.uuid(sessions.map(({ communicationId }) => communicationId)),
    binaryArray.uuid(sessions.map(({ participantId }) => participantId)),
    binaryArray.uuid(sessions.map(({ customerId }) => customerId)),
    binaryArray.uuid(sessions.map(({ campaignId }) => campaignId)),
    binaryArray.timestamptz(changes.map(({ firstAt }) => firstAt)),
    binaryArray.timestamptz(changes.map(({ lastAt }) => lastAt)),
    binaryArray.timestamptz(changes.map(({ closed }) => closed?.at)),
    binaryArray.text(changes.map(({ closed }) => closed?.reason)),
    binaryArray.json(changes.map(({ closed }) => (closed?.results ? JSON.stringify(closed.results) : undefined))),
  ];
}

function messageArrays(messages: readonly MessageChange[]): Buffer[] {
  return [
    binaryArray.uuid(messages.map(({ sessionId }) => sessionId)),
    binaryArray.int4(messages.map(({ revision }) => revision)),
    binaryArray.uuid(messages.map(({ workspace }) => workspace)),
    binaryArray.timestamptz(messages.map(({ at }) => at)),
    binaryArray.text(messages.map(({ direction }) => direction)),
    binaryArray.text(messages.map(({ text }) => text)),
  ];
}

function concernArrays(concerns: readonly ConcernChange[]): Buffer[] {
  return [
    binaryArray.uuid(concerns.map(({ sessionId }) => sessionId)),
    binaryArray.uuid(concerns.map(({ participantId }) => participantId)),
    binaryArray.uuid(concerns.map(({ workspace }) => workspace)),
    binaryArray.uuid(concerns.map(({ campaignId }) => campaignId)),
  ];
}
