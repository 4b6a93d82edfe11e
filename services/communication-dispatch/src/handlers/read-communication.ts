import { DomainError, NO_STREAM, streamName, type EventStore, type StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf, type KnownCommunication } from '../domain/communication.js';

/** Events shown of one stream, at most. */
export const HISTORY_EVENTS_MAX = 1_000;

/** A communication with everything that happened to it. */
export interface CommunicationHistory {
  readonly state: KnownCommunication;
  readonly events: readonly StoredEvent[];
  readonly last: StoredEvent;
  /** Its session's events; empty before it was started. */
  readonly session: readonly StoredEvent[];
}

/** Reads from the log itself, so that the answer is never behind it. One of another workspace does not exist. */
export class ReadCommunication {
  constructor(private readonly store: EventStore) {}

  /** Throws `DomainError` `communication_not_found`. */
  async read(workspace: string, communicationId: string): Promise<CommunicationHistory> {
    const events = await this.tail(streamName('communication', communicationId));
    const last = events.at(-1);
    const state = communicationOf(last);
    if (last === undefined || state === null || last.workspace !== workspace) {
      throw new DomainError('communication_not_found', 'There is no such communication.', 'notFound');
    }
    const { sessionId } = state.facts;
    const session = sessionId === undefined ? [] : await this.tail(streamName('session', sessionId));
    return { state, events, last, session };
  }

  private tail(stream: string): Promise<readonly StoredEvent[]> {
    return this.store.readTails([{ stream, afterRevision: NO_STREAM }], HISTORY_EVENTS_MAX);
  }
}
