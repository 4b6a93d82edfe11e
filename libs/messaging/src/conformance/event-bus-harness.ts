import type { EventStore, StoredEvent } from '@poinciana/event-sourcing';
import type { EventBus, StateWrite } from '../event-bus.js';
import type { AtBatchStep } from '../processing/batch-steps.js';
import type { ProcessingBounds } from '../processing/processing-bounds.js';

/** An event as a consumer's own state holds it: in the order in which the state was written. */
export interface Effect {
  readonly eventId: string;
  readonly key: string;
  readonly position: number;
}

/** The consumer's state, in the database that also holds the checkpoints. It takes repeated effects and shows them. */
export interface Effects<Transaction> {
  write(events: readonly StoredEvent[]): StateWrite<Transaction>;
  all(): Promise<readonly Effect[]>;
}

/** What a test asks of a member; everything else is up to the adapter, as quick as it can be. */
export interface MemberSettings {
  readonly batchEventsMax?: number;
  readonly batchBytesMax?: number;
  readonly processing?: Partial<ProcessingBounds>;
  readonly atStep?: AtBatchStep;
}

/** A process of the consumer. */
export interface ConformanceMember<Transaction> {
  readonly bus: EventBus<Transaction>;
  /** Stands still in the middle of everything, past any lease, as a process that got no time. */
  freeze(): void;
  thaw(): void;
}

/** One log and one consumer's database, fresh for each test. */
export interface EventBusHarness<Transaction> {
  readonly store: EventStore;
  readonly effects: Effects<Transaction>;
  member(settings?: MemberSettings): ConformanceMember<Transaction>;
  /** Events that all members together have read from the log or the broker. */
  eventsRead(): number;
  stop(): Promise<void>;
}

export type EventBusHarnessFactory<Transaction> = () => Promise<EventBusHarness<Transaction>>;

/** The bounds under which the suite runs: the pauses of production would only make it slow. */
export const QUICK_PROCESSING: ProcessingBounds = {
  attemptsMax: 3,
  attemptPauseMs: 1,
  transientAttemptsMax: 3,
  transientPauseMs: 1,
  transientPauseMaxMs: 5,
  deadKeysInRowMax: 5,
  tripPauseMs: 20,
  tripPauseMaxMs: 100,
};

/** Likewise for adapters that deal out partitions by leases. */
export const QUICK_MEMBERSHIP = { partitionCount: 8, leaseMs: 600, heartbeatMs: 25, idleCommitMs: 10 };
