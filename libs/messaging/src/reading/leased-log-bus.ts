import type { EventStore } from '@poinciana/event-sourcing';
import type { ReportToWatcher } from '../bus-report.js';
import type { CheckpointStore } from '../checkpoint-store.js';
import {
  BATCH_BYTES_MAX,
  BATCH_EVENTS_MAX,
  type ConsumerGroup,
  type EventBus,
  type Subscription,
} from '../event-bus.js';
import type { PartitionLeases } from '../partition-leases.js';
import type { AtBatchStep } from '../processing/batch-steps.js';
import { PROCESSING_BOUNDS, type ProcessingBounds } from '../processing/processing-bounds.js';
import type { BatchBounds } from './batch-reader.js';
import { GroupMember } from './group-member.js';
import { logTailOf, type LogTail } from './log-tail.js';
import { MEMBERSHIP_BOUNDS, type MembershipBounds } from './member-share.js';

/** What may be set of a bus that reads the log; everything has a default. */
export interface LogBusSettings {
  readonly membership?: Partial<MembershipBounds>;
  /** At most BATCH_EVENTS_MAX and BATCH_BYTES_MAX. */
  readonly batches?: Partial<BatchBounds>;
  readonly processing?: Partial<ProcessingBounds>;
  readonly report?: ReportToWatcher;
  /** For tests of crashes. */
  readonly atStep?: AtBatchStep;
  /** The process's reader of the log, where it is not to be the one that all share. */
  readonly tail?: LogTail;
}

export interface LeasedLogBusOptions<Transaction> extends LogBusSettings {
  readonly store: EventStore;
  readonly checkpoints: CheckpointStore<Transaction>;
  readonly leases: PartitionLeases;
}

/** An event bus over the event log, its partitions dealt out by leases. */
export class LeasedLogBus<Transaction> implements EventBus<Transaction> {
  constructor(private readonly options: LeasedLogBusOptions<Transaction>) {}

  async subscribe(group: ConsumerGroup<Transaction>): Promise<Subscription> {
    const { store, checkpoints, leases, batches = {} } = this.options;
    const member = new GroupMember({
      group,
      store,
      checkpoints,
      leases,
      tail: this.options.tail ?? logTailOf(store),
      membership: { ...MEMBERSHIP_BOUNDS, ...this.options.membership },
      batches: {
        eventsMax: Math.min(batches.eventsMax ?? BATCH_EVENTS_MAX, BATCH_EVENTS_MAX),
        bytesMax: Math.min(batches.bytesMax ?? BATCH_BYTES_MAX, BATCH_BYTES_MAX),
      },
      processing: { ...PROCESSING_BOUNDS, ...this.options.processing },
      report: this.options.report ?? (() => undefined),
      atStep: this.options.atStep ?? (() => undefined),
    });
    await member.start();
    return member;
  }
}
