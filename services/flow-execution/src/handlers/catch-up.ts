import { TransientError } from '@poinciana/event-sourcing';
import type { Running } from '../domain/run-trigger.js';
import type { FlowParticipant } from '../domain/flow-participant.js';
import { workOffMarks } from '../domain/work-through.js';
import type { CatchUps, LeasedCatchUp } from '../storage/catch-ups.js';
import type { Participants } from '../storage/participants.js';
import type { Definitions } from './definitions.js';
import type { SerialRuns } from './serial-runs.js';

/** How many participants are caught up at once. */
export const CATCH_UP_BATCH_MAX = 5_000;
/** Counting who still waits looks at all of them, so it is done after so many batches only. */
const COUNT_EVERY_BATCHES = 10;
export const CATCH_UP_LEASE_MS = 30_000;

/**
 * Works off what a Start has left to do, batch by batch: the people whose triggers fell into the pause. It begins once the
 * consumers of all participants have read past the Start, so that each is seen as she was then. What a live event worked off
 * meanwhile is not there any more; what both do at the same time, the revision of the runs lets only one do.
 */
export class CatchUpHandler<Transaction> {
  constructor(
    private readonly definitions: Definitions,
    private readonly participants: Participants<Transaction>,
    private readonly catchUps: CatchUps<Transaction>,
    private readonly runs: SerialRuns,
  ) {}

  /** Takes one Start that stands at most at a place in the log and works it off; false when there is none. */
  async workOffOne(upTo: number, isStopping: () => boolean): Promise<boolean> {
    const held = await this.catchUps.lease(upTo, CATCH_UP_LEASE_MS);
    if (held === undefined) return false;
    let left = await this.participants.countMarked(held.campaignId, held.number);
    const total = held.total ?? left;
    for (let batch = 1; !isStopping(); batch += 1) {
      const worked = await this.workOffBatch(held);
      const isCounted = worked < CATCH_UP_BATCH_MAX || batch % COUNT_EVERY_BATCHES === 0;
      left = isCounted ? await this.participants.countMarked(held.campaignId, held.number) : Math.max(1, left - worked);
      const progress = { total, done: Math.max(0, total - left), finished: left === 0 };
      const isStillOurs = await this.catchUps.progressed(held, progress, CATCH_UP_LEASE_MS);
      if (!isStillOurs || progress.finished) return true;
    }
    return true;
  }

  /** Answers how many it found. */
  private async workOffBatch({ campaignId, number }: LeasedCatchUp): Promise<number> {
    const read = await this.participants.readMarked(campaignId, number, CATCH_UP_BATCH_MAX);
    if (read.length === 0) return 0;
    const running = (await this.definitions.runningOf([campaignId])).get(campaignId);
    if (running === undefined) throw new TransientError('The campaign of a Start cannot be read');
    const work = (participant: FlowParticipant, seen: Running) =>
      workOffMarks({ participant, runs: [], questions: [] }, number + 1, seen);
    const settled = await this.runs.settle(read.map((versioned) => ({ read: versioned, running, work })));
    await this.participants.writeUnmoved(settled);
    return read.length;
  }
}
