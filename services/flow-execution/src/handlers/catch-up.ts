import { TransientError } from '@poinciana/event-sourcing';
import type { Pace } from '@poinciana/service-kit';
import type { Running } from '../domain/run-trigger.js';
import type { FlowParticipant } from '../domain/flow-participant.js';
import { workOffMarks } from '../domain/work-through.js';
import type { CatchUps, LeasedCatchUp } from '../storage/catch-ups.js';
import type { Participants, VersionedParticipant } from '../storage/participants.js';
import type { Definitions } from './definitions.js';
import type { Job, SerialRuns } from './serial-runs.js';

/** How many participants are caught up at once. */
export const CATCH_UP_BATCH_MAX = 1_000;
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
    const tell = (): Promise<boolean> => {
      const progress = { total, done: Math.max(0, total - left), finished: left === 0 };
      return this.catchUps.progressed(held, progress, CATCH_UP_LEASE_MS);
    };
    const write = async (settled: readonly VersionedParticipant[]): Promise<boolean> => {
      await this.participants.writeUnmoved(settled);
      left = Math.max(1, left - settled.length);
      return tell();
    };
    // What somebody else moved meanwhile still waits: it is found in another round.
    while (!isStopping()) {
      const waiting = left;
      const refusals: unknown[] = [];
      let isStillOurs = Promise.resolve(true);
      for await (const settled of this.round(held, isStopping, refusals)) {
        if (!(await isStillOurs)) return true;
        isStillOurs = write(settled);
        // Awaited behind the next batch; until then a rejection must not count as unhandled.
        isStillOurs.catch(() => undefined);
        await this.pace.keep();
      }
      if (!(await isStillOurs)) return true;
      left = await this.participants.countMarked(held.campaignId, held.number);
      if (!(await tell()) || left === 0) return true;
      if (left >= waiting) assertNoneOf(refusals);
    }
    return true;
  }

  /**
   * All who wait, batch by batch in the order of their first marks, decided and appended, still to be written: that is done while the
   * next are decided and appended, and those behind them are read. Looking behind a place does not pass over all that was worked off already.
   */
  private async *round(
    held: LeasedCatchUp,
    isStopping: () => boolean,
    refusals: unknown[],
  ): AsyncGenerator<readonly VersionedParticipant[], void> {
    let settling: Promise<readonly VersionedParticipant[]> | undefined;
    try {
      for await (const read of this.waiting(held)) {
        if (isStopping()) break;
        const next = this.settle(held, read, refusals);
        // Awaited in its turn; until then a rejection must not count as unhandled.
        next.catch(() => undefined);
        const before = settling;
        settling = next;
        const settled = await before;
        if (settled !== undefined) yield settled;
      }
      const settled = await settling;
      settling = undefined;
      if (settled !== undefined) yield settled;
    } finally {
      // Where the round ends before its turn: what was begun ends, and what became of it stands in the log.
      await settling?.catch(() => undefined);
    }
  }

  /** The same, as they were read; each batch while the one before it is worked off. */
  private async *waiting({ campaignId, number }: LeasedCatchUp): AsyncGenerator<readonly VersionedParticipant[], void> {
    const behind = (after: number) =>
      this.participants.readMarked(campaignId, { after, before: number }, CATCH_UP_BATCH_MAX);
    let reading = behind(0);
    for (;;) {
      const read = await reading;
      const last = read.at(-1)?.participant.marks[0]?.number;
      if (last === undefined) return;
      const isLast = read.length < CATCH_UP_BATCH_MAX;
      if (!isLast) {
        reading = behind(last);
        // Awaited in its turn; nobody listens until then, and nobody has to where the round ends before.
        reading.catch(() => undefined);
      }
      yield read;
      if (isLast) return;
    }
  }

  private async settle(
    { campaignId, number }: LeasedCatchUp,
    read: readonly VersionedParticipant[],
    refusals: unknown[],
  ): Promise<readonly VersionedParticipant[]> {
    const running = (await this.definitions.runningOf([campaignId])).get(campaignId);
    if (running === undefined) throw new TransientError('The campaign of a Start cannot be read');
    const work = (participant: FlowParticipant, seen: Running) =>
      workOffMarks({ participant, runs: [], questions: [] }, number + 1, seen);
    return this.settleApart(
      read.map((versioned) => ({ read: versioned, running, customer: versioned.participant, contacts: [], work })),
      refusals,
    );
  }

  /** Whoever cannot be settled waits on, so that she holds up nobody else: a half that fails is divided until she stands alone. */
  private async settleApart(jobs: readonly Job[], refusals: unknown[]): Promise<readonly VersionedParticipant[]> {
    try {
      return await this.runs.settle(jobs);
    } catch (error) {
      if (error instanceof TransientError) throw error;
      if (jobs.length === 1) {
        refusals.push(error);
        return [];
      }
      const middle = Math.ceil(jobs.length / 2);
      const settled = await this.settleApart(jobs.slice(0, middle), refusals);
      return [...settled, ...(await this.settleApart(jobs.slice(middle), refusals))];
    }
  }
}

/** Where only those are left who cannot be settled, it is tried again when the lease is over. */
function assertNoneOf(refusals: readonly unknown[]): void {
  if (refusals.length > 0) throw refusals[0];
}
