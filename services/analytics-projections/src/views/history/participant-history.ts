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
/** A communication or a session with more events than this shows only its first ones. */
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
    const last = await this.store.readLast(own);
    if (last[0]?.workspace !== workspace) throw notFound();
    const tails = last.flatMap((event) =>
      event === undefined
        ? []
        : [{ stream: event.stream, afterRevision: Math.max(NO_STREAM, event.revision - STREAM_EVENTS_MAX) }],
    );
    const read = until(await this.store.readTails(tails, STREAM_EVENTS_MAX), asOf);
    const events = read.filter(({ stream }) => categoryOf(stream) === 'participant');
    const runs = read.filter(({ stream }) => categoryOf(stream) === 'flow-runs');
    const newest = events.at(-1);
    if (newest === undefined) throw notFound();
    const planned = runs.flatMap((event) => completedOf(event).plans.map(({ communicationId }) => communicationId));
    return {
      workspace,
      ...latest(newest),
      events,
      runs,
      communications: await this.communications(planned.slice(-COMMUNICATIONS_MAX), asOf),
      incoming: await this.incoming(workspace, participantId, asOf),
      isCut: tails.some(({ afterRevision }) => afterRevision > NO_STREAM) || planned.length > COMMUNICATIONS_MAX,
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
    const tails = ids.map((id) => ({ stream: streamName(category, id), afterRevision: NO_STREAM }));
    const events = await this.store.readTails(tails, SMALL_STREAM_EVENTS_MAX);
    const byId = new Map<string, StoredEvent[]>(ids.map((id) => [id, []]));
    for (const event of until(events, asOf)) byId.get(streamIdOf(event.stream))?.push(event);
    return byId;
  }
}

/** Only what had happened by an instant. */
function until(events: readonly StoredEvent[], asOf: string | undefined): readonly StoredEvent[] {
  return asOf === undefined ? events : events.filter(({ time }) => time <= asOf);
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
