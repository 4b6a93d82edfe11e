import type { Position } from '@poinciana/event-sourcing';
import type { DeadLetter, DeadLetterCount, DeadLetterReason, ListedDeadLetter } from './dead-letter.js';
import type { StateWrite } from './event-bus.js';
import type { PartitionPlace } from './group-progress.js';

/**
 * The right to commit a partition: it ends with the next claim, and every commit replaces it by the next number. A claim leaps over all
 * numbers that commits may have had which a crash took back: none of their members comes to the claimer's.
 */
export interface Fence {
  readonly partition: number;
  readonly number: number;
}

/** A key that is handled further than the checkpoint of its partition, while a batch is being divided. */
export interface KeyMark {
  readonly partition: number;
  readonly key: string;
  readonly position: Position;
}

/** What a claimed partition starts from. */
export interface Checkpoint {
  readonly partition: number;
  readonly position: Position;
  /** The adapter's own place beside the position (an offset of Kafka). */
  readonly cursor: string | undefined;
  readonly ahead: readonly KeyMark[];
  /** The keys with a dead letter. */
  readonly parkedKeys: readonly string[];
}

export interface CheckpointMove {
  readonly partition: number;
  readonly position: Position;
  readonly cursor?: string;
}

/** What one transaction writes. */
export interface CheckpointCommit<Transaction> {
  readonly group: string;
  /** All that the commit touches; each must still be the newest of its partition. Afterwards each is one higher. */
  readonly fences: readonly Fence[];
  /** Everything of these partitions up to the position is handled or parked; marks behind it are forgotten. */
  readonly moves: readonly CheckpointMove[];
  readonly ahead: readonly KeyMark[];
  readonly deadLetters: readonly DeadLetter[];
  /** Events that wait. Their keys must have a dead letter, in the store or in this commit. */
  readonly parked: readonly DeadLetter[];
  readonly state: StateWrite<Transaction> | undefined;
  /** A crash of the database may take it back, whole and with every later one; what only moves checkpoints it always may. */
  readonly isUnhurried?: boolean;
}

/** What a replay of one key writes in one transaction. */
export interface ReplayCommit<Transaction> {
  readonly group: string;
  readonly key: string;
  readonly partition: number;
  /** Dead letters that were handled now. All must still be there, else `StaleMemberError`: somebody else replays too. */
  readonly handled: readonly Position[];
  readonly failed: { readonly position: Position; readonly reason: DeadLetterReason } | undefined;
  readonly state: StateWrite<Transaction> | undefined;
}

/**
 * A consumer's own database: its checkpoints and dead letters live in the transaction that writes its state. It does not
 * know how partitions are dealt out; leases or a broker do that.
 *
 * Every method throws `TransientError` when the database cannot be reached: a commit may then have happened or not, which
 * the fence shows at the next one.
 */
export interface CheckpointStore<Transaction> {
  /** Sets the group up at its first use, at the start of the log. Throws `PartitionCountError` when it has another number. */
  open(group: string, partitionCount: number): Promise<void>;
  /** Claims partitions, whoever holds them: for adapters whose broker deals them out. */
  take(group: string, partitions: readonly number[]): Promise<readonly Fence[]>;
  /** What partitions start from, in ascending order. To be read after they were claimed. */
  load(group: string, partitions: readonly number[]): Promise<readonly Checkpoint[]>;
  /**
   * Writes state, checkpoints and dead letters in one transaction, or nothing. Throws `StaleMemberError` when a fence is no
   * longer the newest or a parked key has been repaired meanwhile, and what `state` throws unchanged.
   */
  commit(commit: CheckpointCommit<Transaction>): Promise<void>;
  commitReplay(commit: ReplayCommit<Transaction>): Promise<void>;
  /** The place up to which each partition is handled, in their order. */
  places(group: string): Promise<readonly PartitionPlace[]>;
  /** In log order, after a position, at most `limit`; of one key, or of all. */
  deadLetters(group: string, after: Position, limit: number, key?: string): Promise<readonly ListedDeadLetter[]>;
  countDeadLetters(group: string): Promise<DeadLetterCount>;
}
