import { TransientError } from '@poinciana/event-sourcing';
import type { Pace } from '@poinciana/service-kit';
import type { Running } from '../domain/run-trigger.js';
import type { FlowParticipant } from '../domain/flow-participant.js';
import { workOffMarks } from '../domain/work-through.js';
import type { CatchUps, LeasedCatchUp } from '../storage/catch-ups.js';
import type { Participants } from '../storage/participants.js';
import type { Definitions } from './definitions.js';
import type { SerialRuns } from './serial-runs.js';

/** How many participants are caught up at once. */
export const CATCH_UP_BATCH_MAX = 1_000;
/** Counting who still waits looks at all of them, so it is done after so many batches only. */
const COUNT_EVERY_BATCHES = 50;
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
    private readonly pace: Pace,
  ) {}

  /** Takes one Start that stands at most at a place in the log and works it off; false when there is none. */
  async workOffOne(upTo: number, isStopping: () => boolean): Promise<boolean> {
    const held = await this.catchUps.lease(upTo, CATCH_UP_LEASE_MS);
    if (held === undefined) return false;
    let left = await this.participants.countMarked(held.campaignId, held.number);
    const total = held.total ?? left;
    let after = 0;
    for (let batch = 1; !isStopping(); batch += 1) {
      const worked = await this.workOffBatch(held, after);
      const isRoundOver = worked.count < CATCH_UP_BATCH_MAX;
      // What somebody else moved meanwhile still waits: it is found in another round.
      after = isRoundOver ? 0 : worked.through;
      const isCounted = isRoundOver || batch % COUNT_EVERY_BATCHES === 0;
      left = isCounted
        ? await this.participants.countMarked(held.campaignId, held.number)
        : Math.max(1, left - worked.count);
      const progress = { total, done: Math.max(0, total - left), finished: left === 0 };
      const isStillOurs = await this.catchUps.progressed(held, progress, CATCH_UP_LEASE_MS);
      if (!isStillOurs || progress.finished) return true;
      await this.pace.keep();
    }
    return true;
  }

  /**
   * Answers how many it found, and where the last of them stood: looking for the next behind that place does not pass over all that
   * was worked off already.
   */
  private async workOffBatch(
    { campaignId, number }: LeasedCatchUp,
    after: number,
  ): Promise<{ readonly count: number; readonly through: number }> {
    const read = await this.participants.readMarked(campaignId, { after, before: number }, CATCH_UP_BATCH_MAX);
    const through = read.at(-1)?.participant.marks[0]?.number ?? after;
    if (read.length === 0) return { count: 0, through };
    const running = (await this.definitions.runningOf([campaignId])).get(campaignId);
    if (running === undefined) throw new TransientError('The campaign of a Start cannot be read');
    const work = (participant: FlowParticipant, seen: Running) =>
      workOffMarks({ participant, runs: [], questions: [] }, number + 1, seen);
    const settled = await this.runs.settle(read.map((versioned) => ({ read: versioned, running, work })));
    await this.participants.writeUnmoved(settled);
    return { count: read.length, through };
  }
}
