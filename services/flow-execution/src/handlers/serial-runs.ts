import { APPEND_EVENTS_MAX, type AppendOutcome, type EventStore, type StoredEvent, type StreamWrite, TransientError, streamName } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { FlowParticipant } from '../domain/flow-participant.js';
import { runEvent, storedRuns } from '../domain/run-event.js';
import type { Running, StoredRuns } from '../domain/run-trigger.js';
import type { WorkedThrough } from '../domain/work-through.js';
import type { VersionedParticipant } from '../storage/participants.js';

/** How often the runs of a participant are decided before others have moved her stream too often. */
const DECISIONS_MAX = 5;
/** How many stored runs of one participant are read at once. */
const STORED_RUNS_MAX = 5_000;

/** One participant, and what is to be done with her. Done again, it does the same. */
export interface Job {
  readonly read: VersionedParticipant;
  readonly running: Running;
  work(participant: FlowParticipant, running: Running): WorkedThrough;
}

interface Attempt {
  readonly job: Job;
  readonly worked: WorkedThrough;
}

/**
 * Decides runs and appends them, for many participants in one call. The expected revision of flow-runs-<participant> is the
 * lock that keeps the runs of one participant serial on any store: where it does not hold, or where the runs are in the log
 * already, what is stored counts and only the rest is decided again.
 */
export class SerialRuns {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Answers the participants as they are after their jobs, still to be written. */
  async settle(jobs: readonly Job[]): Promise<readonly VersionedParticipant[]> {
    const settled: VersionedParticipant[] = [];
    let open = jobs.map((job) => attempt(job));
    for (let decision = 1; open.length > 0; decision++) {
      if (decision > DECISIONS_MAX) throw new TransientError('The runs of a participant were moved by others again and again');
      const unsettled: Job[] = [];
      const outcomes = await this.append(open);
      for (const [index, { job, worked }] of open.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined || outcome === 'appended') settled.push({ ...job.read, participant: worked.participant });
        else unsettled.push(job);
      }
      open = unsettled.length === 0 ? [] : await this.decideAgain(unsettled);
    }
    return settled;
  }

  /** What became of each attempt; undefined where there was nothing to append. */
  private async append(attempts: readonly Attempt[]): Promise<readonly (AppendOutcome['outcome'] | undefined)[]> {
    const time = this.clock.now().toISOString();
    const outcomes: (AppendOutcome['outcome'] | undefined)[] = attempts.map(() => undefined);
    for (const chunk of chunksOf(attempts)) {
      const answered = await this.store.append(chunk.map((index) => writeOf(attempts[index]!, time)));
      for (const [place, index] of chunk.entries()) outcomes[index] = answered[place]?.outcome;
    }
    return outcomes;
  }

  private async decideAgain(jobs: readonly Job[]): Promise<Attempt[]> {
    const streams = jobs.map(({ read }) => ({
      stream: streamName('flow-runs', read.participant.id),
      afterRevision: read.participant.runsRevision,
    }));
    const events = await this.store.readTails(streams, STORED_RUNS_MAX);
    const byStream = new Map<string, StoredEvent[]>();
    for (const event of events) byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
    return jobs.map((job, index) => attempt(job, storedRuns(byStream.get(streams[index]!.stream) ?? [])));
  }
}

function attempt(job: Job, stored?: ReadonlyMap<string, StoredRuns>): Attempt {
  const running = stored === undefined ? job.running : { ...job.running, stored };
  return { job, worked: job.work(job.read.participant, running) };
}

function writeOf({ worked: { participant, runs } }: Attempt, time: string): StreamWrite {
  return {
    stream: streamName('flow-runs', participant.id),
    expectedRevision: participant.runsRevision - runs.length,
    events: runs.map((run) => runEvent(participant, run, time)),
  };
}

/** Indexes of the attempts that have something to append, as many at a time as one append takes. */
function chunksOf(attempts: readonly Attempt[]): readonly (readonly number[])[] {
  const chunks: number[][] = [];
  let events = APPEND_EVENTS_MAX + 1;
  for (const [index, { worked }] of attempts.entries()) {
    if (worked.runs.length === 0) continue;
    events += worked.runs.length;
    if (events > APPEND_EVENTS_MAX) {
      chunks.push([]);
      events = worked.runs.length;
    }
    chunks.at(-1)?.push(index);
  }
  return chunks;
}
