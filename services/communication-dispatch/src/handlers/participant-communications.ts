import { READ_STREAMS_MAX, readStream, streamName, type EventStore, type StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf, isEnded, type KnownCommunication } from '../domain/communication.js';
import { communicationIdsOf, withRetries } from './erase-communications.js';

/** Communications of one participant that are shown, at most: the newest. */
export const PARTICIPANT_COMMUNICATIONS_MAX = 1_000;

/** Reads from the log itself what runs planned for a participant and what became of it, so that the answer is never behind. */
export class ParticipantCommunications {
  constructor(private readonly store: EventStore) {}

  /** The newest first; none for a participant of another workspace. */
  async of(workspace: string, participantId: string): Promise<readonly KnownCommunication[]> {
    const runs = await readStream(this.store, streamName('flow-runs', participantId));
    const own = runs.filter((run) => run.workspace === workspace).flatMap(communicationIdsOf);
    const newest = own.slice(-PARTICIPANT_COMMUNICATIONS_MAX);
    const ids = [...new Set(await withRetries(this.store, newest))].slice(0, READ_STREAMS_MAX);
    const lasts = await this.store.readLast(ids.map((id) => streamName('communication', id)));
    return lasts.flatMap(known).sort((one, other) => (plannedAt(one) < plannedAt(other) ? 1 : -1));
  }

  async open(workspace: string, participantId: string): Promise<readonly string[]> {
    const all = await this.of(workspace, participantId);
    return all.filter((state) => !isEnded(state)).map(({ facts }) => facts.id);
  }
}

function known(last: StoredEvent | undefined): readonly KnownCommunication[] {
  const state = communicationOf(last);
  return state === null ? [] : [state];
}

function plannedAt({ facts }: KnownCommunication): string {
  return facts.plannedAt ?? '';
}
