import type { PersonKey } from './people.js';
import { ERASED_KEPT_DAYS, SENDER_SESSIONS_MAX, Senders, type SenderSession } from './senders.js';

const DAY_MS = 86_400_000;

interface Row extends PersonKey {
  readonly erasedAt?: string;
}

/** The twin. */
export class InMemorySenders extends Senders {
  private keys: readonly Row[] = [];
  private sessions: readonly SenderSession[] = [];

  override async noteKeys(keys: readonly PersonKey[]): Promise<void> {
    for (const { participantId, key } of keys) {
      const isKnown = this.keys.some((row) => row.participantId === participantId && row.key === key);
      if (!isKnown) this.keys = [...this.keys, { participantId, key }];
    }
  }

  override async noteSessions(sessions: readonly SenderSession[]): Promise<void> {
    this.sessions = [...this.sessions, ...sessions];
  }

  override async markErased(
    erased: readonly { readonly participantId: string; readonly erasedAt: string }[],
  ): Promise<void> {
    const instants = new Map(erased.map(({ participantId, erasedAt }) => [participantId, erasedAt]));
    this.keys = this.keys.map((row) => {
      const erasedAt = instants.get(row.participantId);
      return erasedAt === undefined ? row : { ...row, erasedAt };
    });
  }

  override async keysOf(participantIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(this.keys.filter((row) => participantIds.includes(row.participantId)).map(({ key }) => key));
  }

  override async sessionsOf(participantIds: readonly string[]): Promise<readonly string[]> {
    const senders = new Set([...participantIds, ...(await this.keysOf(participantIds))]);
    const ids = this.sessions.filter(({ sender }) => senders.has(sender)).map(({ sessionId }) => sessionId);
    return [...new Set(ids)].slice(0, SENDER_SESSIONS_MAX);
  }

  override async erasedAt(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const { key, erasedAt } of this.keys) {
      if (erasedAt === undefined || !keys.includes(key)) continue;
      if (erasedAt > (found.get(key) ?? '')) found.set(key, erasedAt);
    }
    return found;
  }

  override async forgetSessions(sessionIds: readonly string[]): Promise<void> {
    this.sessions = this.sessions.filter(({ sessionId }) => !sessionIds.includes(sessionId));
  }

  override async forgetErased(now: string, limit: number): Promise<number> {
    const oldest = new Date(Date.parse(now) - ERASED_KEPT_DAYS * DAY_MS).toISOString();
    const old = new Set(this.keys.filter(({ erasedAt }) => (erasedAt ?? now) < oldest).slice(0, limit));
    this.keys = this.keys.filter((row) => !old.has(row));
    return old.size;
  }
}
