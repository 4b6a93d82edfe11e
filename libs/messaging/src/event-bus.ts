import type { Position, StoredEvent } from '@poinciana/event-sourcing';
import type { DeadLetterCount, ListedDeadLetter, ReplayResult } from './dead-letter.js';

/** The unit of work of a consumer: at most this many events or bytes. */
export const BATCH_EVENTS_MAX = 2_000;
export const BATCH_BYTES_MAX = 8 * 1024 * 1024;

/** Events of the group's categories, in log order for each key over all categories. Never empty. */
export interface EventBatch {
  readonly group: string;
  readonly events: readonly StoredEvent[];
  /**
   * Has something done once what the handler answers is committed, where whoever hands over the batch can: to wake somebody who looks at
   * that state. No more than a hint, which a crash takes along. It must not throw.
   */
  readonly afterCommit?: (hint: () => void) => void;
}

/**
 * Writes the state that follows from a batch, inside the transaction that also moves the checkpoint. It may run again for
 * the same batch and must then change nothing. A member that lost its partition is refused and its transaction rolled back.
 */
export type StateWrite<Transaction> = (transaction: Transaction) => Promise<void>;

/**
 * Handles a batch: reads what it needs, appends (idempotent by expected revisions), and returns the state to write; the bus
 * then writes state and checkpoint. The order is always append, then state, then checkpoint.
 *
 * Throws `TransientError` when something outside is away: retried with growing pauses, nothing is skipped.
 * Anything else is laid to the event that causes it: the batch is divided until that event is found, tried again a few times,
 * and then put to the dead letters with its reason, its key parked.
 */
export type BatchHandler<Transaction> = (batch: EventBatch) => Promise<StateWrite<Transaction> | undefined>;

/** One consumer. All members of a group together get every event once. */
export interface ConsumerGroup<Transaction> {
  /** `<service>.<what it does>`, for example `flow-execution.runs`. Stable: the checkpoint carries it. */
  readonly name: string;
  readonly categories: readonly string[];
  readonly handle: BatchHandler<Transaction>;
  /**
   * The state is a read model: `handle` looks at nothing but the batch, only what it answers does, and nothing but the state follows
   * from it. So where the bus reads the log itself, a batch is handled while the one before it is being written; and a commit need not
   * wait for the disk: what a crash of the database takes of the state, the checkpoint loses with it.
   */
  readonly isReadModel?: boolean;
}

/** How far a group is: `position` is the place up to which everything was handled, over all partitions. */
export interface GroupProgress {
  readonly group: string;
  readonly position: Position;
  /** Events of the log behind its head, of all categories. */
  readonly lag: number;
  /** The same for each partition. */
  readonly partitions: readonly { readonly partition: number; readonly lag: number }[];
  readonly state: 'running' | 'paused' | 'tripped' | 'stopped';
}

/** What a group could not handle, and how it is repaired. */
export interface DeadLetters {
  /** In log order, after a position, at most `limit` (DEAD_LETTERS_PAGE_MAX); of one key, or of all. */
  list(after?: Position, limit?: number, key?: string): Promise<readonly ListedDeadLetter[]>;
  count(): Promise<DeadLetterCount>;
  /** Handles the parked events of a key in order, and lets the key run again if all went well; what fails again stays. */
  replay(key: string): Promise<ReplayResult>;
}

/** A running membership in a group. */
export interface Subscription {
  readonly group: string;
  readonly deadLetters: DeadLetters;
  /**
   * The place up to which this member needs no event of the log any more, by what it remembers: asking costs nothing. Undefined while
   * it works on nothing, and always where the events come from elsewhere than the log.
   */
  readonly handledTo: Position | undefined;
  pause(): void;
  resume(): void;
  progress(): Promise<GroupProgress>;
  /** Finishes the batch at hand, gives the partitions back, and ends. */
  stop(): Promise<void>;
}

/** The port. Adapters: the event log itself (`messaging-log`), Kafka (`messaging-kafka`). */
export interface EventBus<Transaction> {
  subscribe(group: ConsumerGroup<Transaction>): Promise<Subscription>;
}
