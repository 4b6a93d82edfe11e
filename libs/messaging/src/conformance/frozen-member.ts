import type { PartitionLeases } from '../partition-leases.js';
import type { AtBatchStep } from '../processing/batch-steps.js';

/** Lets a member that holds leases stand still: its heartbeats and its batch wait until it is thawed. */
export class FrozenMember {
  private thawed: Promise<void> = Promise.resolve();
  private end: () => void = () => undefined;

  freeze(): void {
    this.thawed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  thaw(): void {
    this.end();
  }

  atStep(inner: AtBatchStep = () => undefined): AtBatchStep {
    return async (step) => {
      await this.thawed;
      await inner(step);
    };
  }

  leases(inner: PartitionLeases): PartitionLeases {
    return {
      heartbeat: async (...given) => {
        await this.thawed;
        return inner.heartbeat(...given);
      },
      claim: async (...given) => {
        await this.thawed;
        return inner.claim(...given);
      },
      release: (...given) => inner.release(...given),
      leave: (...given) => inner.leave(...given),
    };
  }
}
