import type { StateWrite } from '@poinciana/messaging';

/** Sessions of one claim, at most. */
export const SESSIONS_CLAIM_MAX = 500;

/** A session, and an instant by the Clock port at which it wants to be looked at; ISO 8601 in UTC. */
export interface SessionTimer {
  readonly sessionId: string;
  readonly workspace: string;
  readonly dueAt: string;
}

export interface ClaimedSession {
  readonly sessionId: string;
  readonly workspace: string;
  readonly fence: number;
}

/** What becomes of a claimed row: the next instant, or nothing more to wait for. */
export interface SessionTurn extends ClaimedSession {
  readonly dueAt: string | undefined;
}

/**
 * When sessions want to be looked at. Rows are hints, the streams are the truth: a row may be early, and is then moved on. All
 * methods throw `TransientError` when the database is away.
 */
export abstract class SessionTimers<Transaction> {
  /** Inside a consumer's transaction. Of two instants of one session the earlier stays. */
  abstract put(timers: readonly SessionTimer[]): StateWrite<Transaction>;
  /** What is due and nobody else has claimed, the longest due first. The lease runs on the database's clock. */
  abstract claim(now: string, limit: number, leaseMs: number): Promise<readonly ClaimedSession[]>;
  /** Moves claimed rows on, or ends them. A row that another has claimed, or that was put since, stays as it is. */
  abstract turn(turns: readonly SessionTurn[]): Promise<void>;
}
