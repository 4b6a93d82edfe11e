import type {
  communication as communicationContract,
  flowRuns,
  participant as contract,
  session as sessions,
} from '@poinciana/contracts';
import {
  categoryOf,
  DomainError,
  type EventStore,
  NO_STREAM,
  type StoredEvent,
  streamIdOf,
  streamName,
} from '@poinciana/event-sourcing';
import type { SessionView } from '../sessions/session-view.js';

/** Of the streams of a participant and of her runs, the newest events are read, and of her communications the newest. */
export const STREAM_EVENTS_MAX = 1_000;
export const COMMUNICATIONS_MAX = 500;
/** Conversations that no communication of hers began: the newest are read. */
export const CONVERSATIONS_MAX = 50;
/** Of a communication or a session, the newest events are read. */
const SMALL_STREAM_EVENTS_MAX = 200;

/** One communication with everything that is recorded of it, in order. */
export interface CommunicationHistory {
  /** As its last event tells it. */
  readonly communication: communicationContract.Communication;
  readonly events: readonly StoredEvent[];
  /** Messages of its conversation. */
  readonly messages: readonly StoredEvent[];
}

/** Everything that the log holds of one participant, each list in the order of the log. */
export interface ParticipantHistory {
  readonly workspace: string;
  readonly participant: contract.Participant;
  /** As far as they are known: empty once she is deleted, and after an erasure. */
  readonly values: contract.ParticipantPersonal['values'];
  readonly isDeleted: boolean;
  readonly events: readonly StoredEvent[];
  readonly runs: readonly StoredEvent[];
  readonly communications: readonly CommunicationHistory[];
  /** Of conversations that she began herself, in the order of the log. */
  readonly incoming: readonly StoredEvent[];
  /** Whether older events were left out. */
  readonly isCut: boolean;
}

/**
 * Reads a participant's history from the log itself: her own stream, that of her runs, and the streams of the communications that
 * her runs planned. No table keeps any of it, so it costs nothing on the way of the writes and is never behind. Only which
 * conversations she began herself is asked of the view of sessions.
 */
export class ParticipantHistories {
  constructor(
    private readonly store: EventStore,
    private readonly sessions: Pick<SessionView<unknown>, 'incomingOf'>,
  ) {}

  /**
   * As it stands, or as it stood at an instant. Throws a `DomainError` for a participant that the workspace does not have, or did not
   * have then.
   */
  async read(workspace: string, participantId: string, asOf?: string): Promise<ParticipantHistory> {
    const own = [streamName('participant', participantId), streamName('flow-runs', participantId)];
    const read = await this.newest(own, STREAM_EVENTS_MAX, asOf);
    const events = read.filter(({ stream }) => categoryOf(stream) === 'participant');
    const runs = read.filter(({ stream }) => categoryOf(stream) === 'flow-runs');
    const newest = events.at(-1);
    if (newest?.workspace !== workspace) throw notFound();
    const planned = runs.flatMap((event) => completedOf(event).plans.map(({ communicationId }) => communicationId));
    const communications = await this.communications(planned.slice(-COMMUNICATIONS_MAX), asOf);
    return {
      workspace,
      ...latest(newest),
      events,
      runs,
      communications,
      incoming: await this.incoming(workspace, participantId, asOf),
      isCut: planned.length > COMMUNICATIONS_MAX || [events, runs, ...streamsOf(communications)].some(isCut),
    };
  }

  private async communications(ids: readonly string[], asOf?: string): Promise<readonly CommunicationHistory[]> {
    const events = await this.readStreams('communication', ids, asOf);
    const known = ids.flatMap((id) => {
      const own = events.get(id) ?? [];
      const end = own.at(-1);
      return end === undefined
        ? []
        : [{ communication: (end.data as communicationContract.CommunicationPlanned).communication, events: own }];
    });
    const messages = await this.readStreams(
      'session',
      known.flatMap(({ communication }) => communication.sessionId ?? []),
      asOf,
    );
    return known.map((each) => ({ ...each, messages: messages.get(each.communication.sessionId ?? '') ?? [] }));
  }

  private async incoming(workspace: string, participantId: string, asOf?: string): Promise<readonly StoredEvent[]> {
    const ids = await this.sessions.incomingOf(workspace, participantId, CONVERSATIONS_MAX);
    const events = [...(await this.readStreams('session', ids, asOf)).values()].flat();
    return events.filter((event) => concerns(event, participantId));
  }

  private async readStreams(
    category: string,
    ids: readonly string[],
    asOf?: string,
  ): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const streams = ids.map((id) => streamName(category, id));
    const events = await this.newest(streams, SMALL_STREAM_EVENTS_MAX, asOf);
    const byId = new Map<string, StoredEvent[]>(ids.map((id) => [id, []]));
    for (const event of events) byId.get(streamIdOf(event.stream))?.push(event);
    return byId;
  }

  /** The newest events of each stream, or the newest by an instant, stream by stream. */
  private async newest(streams: readonly string[], max: number, asOf?: string): Promise<readonly StoredEvent[]> {
    const lasts = (await this.store.readLast(streams)).filter((last) => last !== undefined);
    const tails = lasts.map(async (last) => {
      const end = asOf === undefined || last.revision < max ? last.revision : await this.revisionAt(last, asOf);
      return { stream: last.stream, afterRevision: Math.max(NO_STREAM, end - max) };
    });
    const events = await this.store.readTails(await Promise.all(tails), max);
    return asOf === undefined ? events : events.filter(({ time }) => time <= asOf);
  }

  /** The last revision of a stream by an instant. Times go up with revisions, so it is found by halves, however long the stream. */
  private async revisionAt({ stream, revision }: StoredEvent, asOf: string): Promise<number> {
    let [had, hadNot] = [NO_STREAM, revision + 1];
    while (hadNot - had > 1) {
      const middle = Math.floor((had + hadNot) / 2);
      const [event] = await this.store.readTails([{ stream, afterRevision: middle - 1 }], 1);
      if (event !== undefined && event.time <= asOf) had = middle;
      else hadNot = middle;
    }
    return had;
  }
}

function streamsOf(communications: readonly CommunicationHistory[]): readonly (readonly StoredEvent[])[] {
  return communications.flatMap(({ events, messages }) => [events, messages]);
}

/** Whether older events of a stream were left out. */
function isCut([first]: readonly StoredEvent[]): boolean {
  return first !== undefined && first.revision > 0;
}

function notFound(): DomainError {
  return new DomainError('participant_not_found', 'There is no such participant', 'notFound');
}

/** A conversation begins for each participant whom it concerns, in her campaign; all else is said to all of them. */
function concerns({ type, data }: StoredEvent, participantId: string): boolean {
  return type !== 'IncomingSessionStarted' || (data as sessions.IncomingSessionStarted).participantId === participantId;
}

/** What a run's event says, whether it went through or failed. */
export function completedOf(event: StoredEvent): flowRuns.FlowRunCompleted {
  const { completed = event.data as flowRuns.FlowRunCompleted } = event.data as Partial<flowRuns.FlowRunFailed>;
  return completed;
}

function latest(event: StoredEvent): Pick<ParticipantHistory, 'participant' | 'values' | 'isDeleted'> {
  const { participant } = event.data as contract.ParticipantDeleted;
  const { values = {} } = (event.personal ?? {}) as Partial<contract.ParticipantPersonal>;
  return { participant, values, isDeleted: event.type === 'ParticipantDeleted' };
}
