import type { Position } from '@poinciana/event-sourcing';

/** How far a partition of the topic is: all of its events up to the position are acknowledged. */
export interface RelayCheckpoint {
  readonly partition: number;
  readonly position: Position;
  /** The number of the last event of this partition up to there, 0 if it has none. */
  readonly previous: number;
}

/** The right to publish. It ends with the time that was asked for, or when another relay takes it. */
export interface RelayLease {
  /** One higher with every taking. */
  readonly fence: number;
  readonly checkpoints: readonly RelayCheckpoint[];
}

/** An event that the broker refused for what it is. Its place in the topic is held by a record without it. */
export interface WithheldEvent {
  readonly position: Position;
  readonly partition: number;
  readonly eventId: string;
  readonly reason: string;
}

/** Another relay publishes. Whoever meets this sends nothing more. */
export class StaleRelayError extends Error {
  override readonly name = 'StaleRelayError';
}

/**
 * Where a relay keeps how far it is, for one topic, and who may publish: a lease on the clock of its database, with a fence.
 * Every method throws `TransientError` when it cannot be reached.
 */
export interface RelayCheckpoints {
  /** Takes the lease if nobody has a valid one, and answers where to begin; `undefined` if another relay has it. */
  acquire(topic: string, partitionCount: number, owner: string, leaseMs: number): Promise<RelayLease | undefined>;
  /** Throws `StaleRelayError` when another relay has taken the lease. */
  renew(topic: string, fence: number, leaseMs: number): Promise<void>;
  /** Gives the lease back at once; nothing happens when another relay has it. */
  release(topic: string, fence: number): Promise<void>;
  /** Throws `StaleRelayError` when another relay has taken the lease; then nothing is written. */
  commit(topic: string, fence: number, checkpoints: readonly RelayCheckpoint[]): Promise<void>;
  /** Notes an event that the broker refused; again and again the same. */
  withhold(topic: string, event: WithheldEvent): Promise<void>;
  /** The place up to which all partitions are acknowledged, and how many events are withheld. */
  progress(topic: string): Promise<{ readonly position: Position; readonly withheld: number }>;
}
