import {
  APPEND_EVENTS_MAX,
  type AppendOutcome,
  type EventStore,
  type StoredEvent,
  type StreamTail,
  type StreamWrite,
  TransientError,
  streamName,
} from '@poinciana/event-sourcing';
import { decideInRounds, type PythonAnswers } from '@poinciana/flow-engine';
import type { Clock } from '@poinciana/service-kit';
import { asksForBestTime, type Contact, type Customer, knownContacts } from '../domain/contacts.js';
import type { FlowParticipant } from '../domain/flow-participant.js';
import { runEvent, storedRuns } from '../domain/run-event.js';
import type { DecidedRun, Running, StoredRuns } from '../domain/run-trigger.js';
import type { PythonEvaluation } from './python-evaluation.js';
import type { WorkedThrough } from '../domain/work-through.js';
import type { VersionedParticipant } from '../storage/participants.js';
import type { ContactHours } from '../storage/contact-hours.js';

/** How often the runs of a participant are decided before others have moved her stream too often. */
const DECISIONS_MAX = 5;
/** How many stored runs of one participant are read at once; more are read page by page. */
const STORED_RUNS_PAGE = 5_000;

/** One participant, and what is to be done with her. Done again, it does the same. */
export interface Job {
  readonly read: VersionedParticipant;
  readonly running: Running;
  /** Whose participant she is: her row does not say so before her first event. */
  readonly customer: Customer;
  /** The signals that her events tell of, which are not kept yet. */
  readonly contacts: readonly Contact[];
  work(participant: FlowParticipant, running: Running): WorkedThrough;
}

interface Attempt {
  readonly job: Job;
  readonly worked: WorkedThrough;
}

type Outcomes = ReadonlyMap<Attempt, AppendOutcome['outcome'] | undefined>;

/**
 * Decides runs and appends them, for many participants in one call. The expected revision of flow-runs-<participant> is the
 * lock that keeps the runs of one participant serial on any store: where it does not hold, or where the runs are in the log
 * already, what is stored counts and only the rest is decided again.
 */
export class SerialRuns {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly python: PythonEvaluation,
    private readonly contactHours: Pick<ContactHours<unknown>, 'ofCustomers'>,
  ) {}

  /** Answers the participants as they are after their jobs, still to be written. */
  async settle(jobs: readonly Job[]): Promise<readonly VersionedParticipant[]> {
    const settled: VersionedParticipant[] = [];
    let open = await this.attempt((await this.withContacts(jobs)).map((job) => ({ job })));
    for (let decision = 1; open.length > 0; decision++) {
      if (decision > DECISIONS_MAX)
        throw new TransientError('The runs of a participant were moved by others again and again');
      const unsettled: Job[] = [];
      const outcomes = await this.append(open);
      for (const each of open) {
        const { job, worked } = each;
        const outcome = outcomes.get(each);
        if (outcome === undefined || outcome === 'appended')
          settled.push({ ...job.read, participant: worked.participant });
        else unsettled.push(job);
      }
      open = unsettled.length === 0 ? [] : await this.decideAgain(unsettled);
    }
    return settled;
  }

  /** Takes what is personal out of the runs of these participants. */
  async erase(participantIds: readonly string[]): Promise<void> {
    if (participantIds.length > 0) await this.store.redact(participantIds.map((id) => streamName('flow-runs', id)));
  }

  /** The jobs, with what is known of the customers of all of them together, where a flow may ask for it. */
  private async withContacts(jobs: readonly Job[]): Promise<readonly Job[]> {
    const asking = jobs.filter(({ running }) => asksForBestTime(running.campaign));
    if (asking.length === 0) return jobs;
    const kept = await this.contactHours.ofCustomers(asking.map(({ customer }) => customer));
    const told = jobs.flatMap(({ contacts }) => contacts);
    const contactsOf = knownContacts(kept, told);
    return jobs.map((job) => ({ ...job, running: { ...job.running, contactsOf } }));
  }

  /** What became of each attempt that had something to append: of its first part that was not appended, if there is one. */
  private async append(attempts: readonly Attempt[]): Promise<Outcomes> {
    const time = this.clock.now().toISOString();
    const outcomes = new Map<Attempt, AppendOutcome['outcome'] | undefined>();
    for (const chunk of chunksOf(attempts.flatMap(partsOf))) {
      const parts = chunk.filter(({ attempt }) => (outcomes.get(attempt) ?? 'appended') === 'appended');
      const answered = await this.store.append(parts.map((part) => writeOf(part, time)));
      for (const [place, { attempt }] of parts.entries()) outcomes.set(attempt, answered[place]?.outcome);
    }
    return outcomes;
  }

  private async decideAgain(jobs: readonly Job[]): Promise<readonly Attempt[]> {
    const byStream = await this.storedBehind(jobs);
    return this.attempt(
      jobs.map((job) => {
        const stream = streamName('flow-runs', job.read.participant.id);
        return { job, stored: storedRuns(byStream.get(stream) ?? []) };
      }),
    );
  }

  /** All runs in the log that these participants, as they were read, do not know of yet, by stream. */
  private async storedBehind(jobs: readonly Job[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    let tails: readonly StreamTail[] = jobs.map(({ read: { participant } }) => ({
      stream: streamName('flow-runs', participant.id),
      afterRevision: participant.runsRevision,
    }));
    const byStream = new Map<string, StoredEvent[]>(tails.map(({ stream }) => [stream, []]));
    while (tails.length > 0) {
      for (const event of await this.store.readTails(tails, STORED_RUNS_PAGE)) byStream.get(event.stream)?.push(event);
      tails = tails.flatMap(({ stream, afterRevision }) => {
        const last = byStream.get(stream)?.at(-1)?.revision ?? afterRevision;
        return last - afterRevision < STORED_RUNS_PAGE ? [] : [{ stream, afterRevision: last }];
      });
    }
    return byStream;
  }

  /** Decides all; where Python is needed, the batch asks its questions in rounds. */
  private async attempt(open: readonly OpenJob[]): Promise<readonly Attempt[]> {
    const rounds = decideInRounds(open, decided);
    let round = rounds.next();
    while (round.done !== true) round = rounds.next(await this.python.evaluate(round.value));
    return round.value;
  }
}

interface OpenJob {
  readonly job: Job;
  readonly stored?: ReadonlyMap<string, StoredRuns>;
}

function decided({ job, stored }: OpenJob, answers: PythonAnswers): Attempt & Pick<WorkedThrough, 'questions'> {
  const running = { answers, ...(stored === undefined ? {} : { stored }), ...job.running };
  const worked = job.work(job.read.participant, running);
  return { job, worked, questions: worked.questions };
}

/** The runs of an attempt that are appended together: all of them, unless they are more than one append takes. */
interface Part {
  readonly attempt: Attempt;
  readonly runs: readonly DecidedRun[];
  /** How many runs of the attempt stand before these. */
  readonly from: number;
}

/** Parts end behind a trigger: where the next one does not follow, what is stored of a trigger is still all of it. */
function partsOf(attempt: Attempt): readonly Part[] {
  const { runs } = attempt.worked;
  const parts: Part[] = [];
  for (let from = 0; from < runs.length; from += parts.at(-1)?.runs.length ?? runs.length) {
    let to = Math.min(from + APPEND_EVENTS_MAX, runs.length);
    while (to < runs.length && to > from + 1 && runs[to]?.firing.eventId === runs[to - 1]?.firing.eventId) to -= 1;
    parts.push({ attempt, runs: runs.slice(from, to), from });
  }
  return parts;
}

function writeOf({ attempt: { worked }, runs, from }: Part, time: string): StreamWrite {
  const { participant } = worked;
  return {
    stream: streamName('flow-runs', participant.id),
    expectedRevision: participant.runsRevision - worked.runs.length + from,
    events: runs.map((run) => runEvent(participant, run, time)),
  };
}

/** As many parts at a time as one append takes, and never two of one attempt. */
function chunksOf(parts: readonly Part[]): readonly (readonly Part[])[] {
  const chunks: Part[][] = [];
  let events = APPEND_EVENTS_MAX;
  for (const part of parts) {
    const { length } = part.runs;
    if (part.from > 0 || events + length > APPEND_EVENTS_MAX) {
      chunks.push([]);
      events = 0;
    }
    events += length;
    chunks.at(-1)?.push(part);
  }
  return chunks;
}
