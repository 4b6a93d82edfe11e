/**
 * How a refusal is answered, without naming a protocol. `stale`: others changed it since the caller saw it; `unseen`: the
 * caller does not say which state he saw.
 */
export type RefusalKind = 'invalid' | 'notFound' | 'conflict' | 'forbidden' | 'tooLarge' | 'stale' | 'unseen';

/**
 * A rule said no. Never retried. `code` is stable and listed in the documents; `message` is one sentence for people,
 * without personal values.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly code: string,
    message: string,
    readonly kind: RefusalKind = 'invalid',
    readonly details?: object,
  ) {
    super(message);
  }
}

/** Something outside is away for now (database, broker, provider). Retried within bounds. */
export class TransientError extends Error {
  override readonly name: string = 'TransientError';
}

/** There is no room left where something is stored, until somebody makes room: a full disk, a quota. */
export class StorageFull extends TransientError {
  override readonly name = 'StorageFull';
}
