import { binaryArray } from '@poinciana/database';
import type { Pool } from 'pg';
import type { PersonKey } from './people.js';
import { ERASED_KEPT_DAYS, SENDER_SESSIONS_MAX, Senders, type SenderSession } from './senders.js';

const NOTE_KEYS = `
INSERT INTO sender_key (participant_id, key)
SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS noted (participant_id, key) ORDER BY 1, 2 ON CONFLICT DO NOTHING`;
const NOTE_SESSIONS = `
INSERT INTO sender_session (sender, session_id)
SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) AS noted (sender, session_id) ORDER BY 1, 2 ON CONFLICT DO NOTHING`;
const MARK = `
UPDATE sender_key SET erased_at = erased.at FROM unnest($1::uuid[], $2::timestamptz[]) AS erased (participant_id, at)
WHERE sender_key.participant_id = erased.participant_id`;
const KEYS_OF = 'SELECT DISTINCT key FROM sender_key WHERE participant_id = ANY($1::uuid[])';
const SESSIONS_OF = `
SELECT DISTINCT session_id FROM sender_session WHERE sender = ANY($1::uuid[])
  OR sender IN (SELECT key FROM sender_key WHERE participant_id = ANY($1::uuid[])) LIMIT ${SENDER_SESSIONS_MAX}`;
const ERASED_AT = `
SELECT key, max(erased_at) AS erased_at FROM sender_key WHERE key = ANY($1::uuid[]) AND erased_at IS NOT NULL GROUP BY key`;
const FORGET_SESSIONS = 'DELETE FROM sender_session WHERE session_id = ANY($1::uuid[])';
const FORGET_ERASED = `
DELETE FROM sender_key WHERE (participant_id, key) IN (
  SELECT participant_id, key FROM sender_key WHERE erased_at < $1::timestamptz - interval '${ERASED_KEPT_DAYS} days'
  ORDER BY erased_at LIMIT $2 FOR UPDATE SKIP LOCKED)`;

export class PostgresSenders extends Senders {
  constructor(private readonly pool: Pool) {
    super();
  }

  override async noteKeys(keys: readonly PersonKey[]): Promise<void> {
    if (keys.length === 0) return;
    const participants = binaryArray.uuid(keys.map(({ participantId }) => participantId));
    await this.run('dispatch-note-keys', NOTE_KEYS, [participants, binaryArray.uuid(keys.map(({ key }) => key))]);
  }

  override async noteSessions(sessions: readonly SenderSession[]): Promise<void> {
    if (sessions.length === 0) return;
    const senders = binaryArray.uuid(sessions.map(({ sender }) => sender));
    const ids = binaryArray.uuid(sessions.map(({ sessionId }) => sessionId));
    await this.run('dispatch-note-sessions', NOTE_SESSIONS, [senders, ids]);
  }

  override async markErased(
    erased: readonly { readonly participantId: string; readonly erasedAt: string }[],
  ): Promise<void> {
    const participants = binaryArray.uuid(erased.map(({ participantId }) => participantId));
    await this.run('dispatch-mark-erased', MARK, [
      participants,
      binaryArray.timestamptz(erased.map(({ erasedAt }) => erasedAt)),
    ]);
  }

  override async keysOf(participantIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.run<{ readonly key: string }>('dispatch-sender-keys', KEYS_OF, [
      binaryArray.uuid(participantIds),
    ]);
    return new Set(rows.map(({ key }) => key));
  }

  override async sessionsOf(participantIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.run<{ readonly session_id: string }>('dispatch-sender-sessions', SESSIONS_OF, [
      binaryArray.uuid(participantIds),
    ]);
    return rows.map(({ session_id }) => session_id);
  }

  override async erasedAt(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (keys.length === 0) return new Map();
    const rows = await this.run<{ readonly key: string; readonly erased_at: Date }>('dispatch-erased-at', ERASED_AT, [
      binaryArray.uuid(keys),
    ]);
    return new Map(rows.map(({ key, erased_at }) => [key, erased_at.toISOString()]));
  }

  override async forgetSessions(sessionIds: readonly string[]): Promise<void> {
    await this.run('dispatch-forget-sessions', FORGET_SESSIONS, [binaryArray.uuid(sessionIds)]);
  }

  override async forgetErased(now: string, limit: number): Promise<number> {
    return (await this.pool.query(FORGET_ERASED, [now, limit])).rowCount ?? 0;
  }

  private async run<Row extends object>(name: string, text: string, values: unknown[]): Promise<readonly Row[]> {
    return (await this.pool.query<Row>({ name, text, values })).rows;
  }
}
