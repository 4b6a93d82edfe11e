import { Cut, type Cuts, type EventStore } from '@poinciana/event-sourcing';
import { StaleMemberError } from '../errors.js';
import type { AtBatchStep, BatchStep } from '../processing/batch-steps.js';
import { LeasedLogBus, type LogBusSettings } from '../reading/leased-log-bus.js';
import { InMemoryCheckpointStore, type InMemoryCheckpointsOptions } from './in-memory-checkpoint-store.js';
import { InMemoryGroups } from './in-memory-groups.js';
import { InMemoryPartitionLeases } from './in-memory-partition-leases.js';
import type { InMemoryTransaction } from './in-memory-transaction.js';

export interface InMemoryEventBusOptions extends LogBusSettings, InMemoryCheckpointsOptions {
  readonly store: EventStore;
  /** The consumer's database, where several buses (as of several processes) stand on one. */
  readonly groups?: InMemoryGroups;
  /**
   * Cuts a batch before it is handled, between what it appended and its state, between state and checkpoint, and behind the
   * checkpoint; the batch then comes again, or, behind the checkpoint, does not. The state stays when only the checkpoint is
   * cut off, unless `isAtomic` says otherwise: nobody may rely on one transaction.
   */
  readonly cuts?: Cuts;
}

const CUT_NAMES: Record<BatchStep, string> = {
  handle: 'before a batch is handled',
  handled: 'between the handling of a batch and its state',
  stateWritten: 'between the state of a batch and its checkpoint',
  committed: 'behind the checkpoint of a batch',
};

/** To the member a cut behind the checkpoint is a commit whose answer was lost: it looks up where it stands. */
function cutting(cuts: Cuts): AtBatchStep {
  return (step) => {
    try {
      cuts.pass(CUT_NAMES[step]);
    } catch (error) {
      if (step === 'committed' && error instanceof Cut) throw new StaleMemberError(error.message, { cause: error });
      throw error;
    }
  };
}

/** The event bus over any event store, with checkpoints, leases and dead letters in memory. */
export class InMemoryEventBus extends LeasedLogBus<InMemoryTransaction> {
  constructor(options: InMemoryEventBusOptions) {
    const groups = options.groups ?? new InMemoryGroups();
    const { cuts, isAtomic = cuts === undefined } = options;
    super({
      ...options,
      ...(cuts && { atStep: cutting(cuts) }),
      checkpoints: new InMemoryCheckpointStore(groups, { ...options, isAtomic }),
      leases: new InMemoryPartitionLeases(groups),
    });
  }
}
