import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { SessionTimers, type ClaimedSession, type SessionTimer, type SessionTurn } from './session-timers.js';

interface Row extends SessionTimer {
  readonly fence: number;
  readonly leaseUntilMs: number;
}

/** The twin. `databaseNow` stands for the database's clock, in milliseconds. */
export class InMemorySessionTimers extends SessionTimers<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();

  constructor(private readonly databaseNow: () => number = () => performance.now()) {
    super();
  }

  override put(timers: readonly SessionTimer[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => {
        for (const timer of timers) {
          const old = this.rows.get(timer.sessionId);
          const dueAt = old !== undefined && old.dueAt < timer.dueAt ? old.dueAt : timer.dueAt;
          const leaseUntilMs = old?.leaseUntilMs ?? Number.NEGATIVE_INFINITY;
          this.rows.set(timer.sessionId, { ...timer, dueAt, fence: (old?.fence ?? -1) + 1, leaseUntilMs });
        }
      });
  }

  override async claim(now: string, limit: number, leaseMs: number): Promise<readonly ClaimedSession[]> {
    const nowMs = this.databaseNow();
    const due = [...this.rows.values()]
      .filter((row) => row.dueAt <= now && row.leaseUntilMs <= nowMs)
      .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
      .slice(0, limit)
      .map((row) => ({ ...row, fence: row.fence + 1, leaseUntilMs: nowMs + leaseMs }));
    for (const row of due) this.rows.set(row.sessionId, row);
    return due.map(({ sessionId, workspace, fence }) => ({ sessionId, workspace, fence }));
  }

  override async turn(turns: readonly SessionTurn[]): Promise<void> {
    for (const { sessionId, fence, dueAt } of turns) {
      const row = this.rows.get(sessionId);
      if (row === undefined || row.fence !== fence) continue;
      if (dueAt === undefined) this.rows.delete(sessionId);
      else this.rows.set(sessionId, { ...row, dueAt, leaseUntilMs: Number.NEGATIVE_INFINITY });
    }
  }
}
