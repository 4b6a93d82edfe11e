import { DomainError, type Position, type StoredEvent } from '@poinciana/event-sourcing';
import { messageOf } from './errors.js';

/** A reason is kept this long, in characters. */
export const DEAD_LETTER_MESSAGE_MAX = 1_000;
/** Dead letters in one page of a list. */
export const DEAD_LETTERS_PAGE_MAX = 1_000;

/** The reason code of an event that waits behind a dead one of its key. */
export const KEY_PARKED = 'key_parked';

/** Why an event is not handled. */
export interface DeadLetterReason {
  /** The code of a `DomainError`; the name of any other error; `key_parked` for what waits behind it. Stable. */
  readonly code: string;
  readonly message: string;
  /** How often it was tried; 0 for an event that only waits. */
  readonly attempts: number;
}

/** An event that a group could not handle, or that waits behind such a one. The event itself stays in the log. */
export interface DeadLetter {
  readonly partition: number;
  readonly position: Position;
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly workspace: string;
  /** The key is parked as long as it has a dead letter: its later events wait in order. */
  readonly key: string;
  readonly type: string;
  readonly reason: DeadLetterReason;
}

/** A dead letter as it is listed. Times are those of the database's clock. */
export interface ListedDeadLetter extends DeadLetter {
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export interface DeadLetterCount {
  readonly events: number;
  readonly keys: number;
}

/** What replaying a key came to. */
export interface ReplayResult {
  readonly key: string;
  readonly handled: number;
  /** What is still parked; 0 means that the key runs again. */
  readonly remaining: number;
}

export function reasonOf(error: unknown, attempts: number): DeadLetterReason {
  const code = error instanceof DomainError ? error.code : error instanceof Error ? error.name : 'unknown';
  return { code, message: messageOf(error).slice(0, DEAD_LETTER_MESSAGE_MAX), attempts };
}

export const WAITING: DeadLetterReason = {
  code: KEY_PARKED,
  message: 'Waits behind a dead letter of the same key',
  attempts: 0,
};

export function deadLetterOf(event: StoredEvent, partition: number, reason: DeadLetterReason): DeadLetter {
  const { position, stream, revision, workspace, key, type } = event;
  return { partition, position, eventId: event.id, stream, revision, workspace, key, type, reason };
}
