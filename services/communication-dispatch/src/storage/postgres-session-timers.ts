import { binaryArray } from '@poinciana/database';
import type { StateWrite } from '@poinciana/messaging';
import type { Pool, PoolClient } from 'pg';
import { SessionTimers, type ClaimedSession, type SessionTimer, type SessionTurn } from './session-timers.js';

/** A new fence tells whoever works on the row that it was put meanwhile. */
const PUT = `
INSERT INTO session_timer AS old (session_id, workspace, due_at)
SELECT session_id, workspace, min(due_at) FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS given (session_id, workspace, due_at)
GROUP BY session_id, workspace ORDER BY session_id
ON CONFLICT (session_id) DO UPDATE SET due_at = least(old.due_at, excluded.due_at), fence = old.fence + 1`;

const CLAIM = `
UPDATE session_timer SET lease_until = clock_timestamp() + $3 * interval '1 millisecond', fence = fence + 1
WHERE session_id IN (
  SELECT session_id FROM session_timer WHERE due_at <= $1 AND lease_until <= clock_timestamp()
  ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING session_id AS "sessionId", workspace, fence`;

const MOVE = `
UPDATE session_timer SET due_at = moved.due_at, lease_until = '-infinity'
FROM unnest($1::uuid[], $2::int4[], $3::timestamptz[]) AS moved (session_id, fence, due_at)
WHERE session_timer.session_id = moved.session_id AND session_timer.fence = moved.fence`;

const END = `
DELETE FROM session_timer USING unnest($1::uuid[], $2::int4[]) AS ended (session_id, fence)
WHERE session_timer.session_id = ended.session_id AND session_timer.fence = ended.fence`;

export class PostgresSessionTimers extends SessionTimers<PoolClient> {
  constructor(private readonly pool: Pool) {
    super();
  }

  override put(timers: readonly SessionTimer[]): StateWrite<PoolClient> {
    const values = [
      binaryArray.uuid(timers.map(({ sessionId }) => sessionId)),
      binaryArray.uuid(timers.map(({ workspace }) => workspace)),
      binaryArray.timestamptz(timers.map(({ dueAt }) => dueAt)),
    ];
    return async (transaction) => void (await transaction.query(PUT, values));
  }

  override async claim(now: string, limit: number, leaseMs: number): Promise<readonly ClaimedSession[]> {
    return this.run<ClaimedSession>('dispatch-claim-sessions', CLAIM, [now, limit, leaseMs]);
  }

  override async turn(turns: readonly SessionTurn[]): Promise<void> {
    const ended = turns.filter(({ dueAt }) => dueAt === undefined);
    const moved = turns.filter(({ dueAt }) => dueAt !== undefined);
    const claims = (some: readonly SessionTurn[]) => [
      binaryArray.uuid(some.map(({ sessionId }) => sessionId)),
      binaryArray.int4(some.map(({ fence }) => fence)),
    ];
    if (ended.length > 0) await this.run('dispatch-end-sessions', END, claims(ended));
    if (moved.length > 0) {
      const dueAt = binaryArray.timestamptz(moved.map((each) => each.dueAt));
      await this.run('dispatch-move-sessions', MOVE, [...claims(moved), dueAt]);
    }
  }

  private async run<Row extends object>(name: string, text: string, values: unknown[]): Promise<readonly Row[]> {
    return (await this.pool.query<Row>({ name, text, values })).rows;
  }
}
