import type { PersonKey } from './people.js';

/** Sessions of one answer, at most. */
export const SENDER_SESSIONS_MAX = 1_000;
/** An erasure still meets what was under way for so long: as long as what was handled stays in the inbox. */
export const ERASED_KEPT_DAYS = 8;

/** A session without a communication, and whose it is: a participant's, or, while nobody has the address, the address's by its key. */
export interface SenderSession {
  readonly sender: string;
  readonly sessionId: string;
}

/**
 * What leads from a person to the sessions that she began herself, so that her erasure reaches them (rule 11): every key that she ever
 * had, also when her participant was deleted before. Who never changed needs no place here: `People` knows how she is reached, until
 * she goes. Each call is a write or a read of its own, outside of a consumer's transaction:
 * who notes a session looks for erasures behind it, who erases notes it before looking for sessions, so one of both sees the other.
 * Throws `TransientError` when the database is away.
 */
export abstract class Senders {
  /** Keys of participants who change or go, the ones that they had and the ones that they get. Repeating it changes nothing. */
  abstract noteKeys(keys: readonly PersonKey[]): Promise<void>;
  abstract noteSessions(sessions: readonly SenderSession[]): Promise<void>;
  /** What came from the keys of these participants before `erasedAt`, ISO 8601 in UTC, is to be forgotten, also when it is met later. */
  abstract markErased(erased: readonly { readonly participantId: string; readonly erasedAt: string }[]): Promise<void>;
  abstract keysOf(participantIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Sessions of these participants and of their keys, `SENDER_SESSIONS_MAX` at most. */
  abstract sessionsOf(participantIds: readonly string[]): Promise<readonly string[]>;
  /** Of those of the keys that were erased, when: the last time. */
  abstract erasedAt(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
  abstract forgetSessions(sessionIds: readonly string[]): Promise<void>;
  /** Forgets keys erased more than `ERASED_KEPT_DAYS` before `now`, at most `limit`; answers how many. */
  abstract forgetErased(now: string, limit: number): Promise<number>;
}
