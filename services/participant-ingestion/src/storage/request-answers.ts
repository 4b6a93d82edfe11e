import { derivedId } from '@poinciana/event-sourcing';
import type { ItemOutcome } from '../domain/item-outcome.js';

/** What a request was answered, for one that comes again with the same Idempotency-Key. Holds personal values. */
export interface StoredAnswer {
  readonly outcomes: readonly ItemOutcome[];
  /** `<shard>:<number>` */
  readonly position: string;
}

export interface RequestName {
  readonly workspace: string;
  readonly campaignId: string;
  /** The Idempotency-Key. */
  readonly key: string;
}

/** What is known of a request with this name. */
export interface BegunRequest {
  /** Of the body of the one that came first. */
  readonly bodyHash: string;
  /** Whether one came before: what it did counts. */
  readonly isRepeated: boolean;
  /** When the one that came first began, by the database's clock. */
  readonly begunAtMs: number;
  readonly answer?: StoredAnswer;
}

/**
 * What names the events of a request: the same for its repetitions, another for whoever uses its key again once it is
 * forgotten, or new events would have the ids of old ones.
 */
export function causeOf({ workspace, campaignId, key }: RequestName, { begunAtMs }: BegunRequest): string {
  return derivedId(workspace, campaignId, 'request', key, begunAtMs);
}

/** Answers by Idempotency-Key: a request is noted before it is handled, and its answer afterwards. */
export abstract class RequestAnswers {
  abstract begin(request: RequestName, bodyHash: string): Promise<BegunRequest>;
  /** Keeps the first answer of a request, and tells which it is. */
  abstract keep(request: RequestName, answer: StoredAnswer): Promise<StoredAnswer>;
  /** Forgets requests that began at least so long ago, by the database's clock: they hold personal values. */
  abstract forget(keptMs: number): Promise<void>;
}
