import { categoryOf, formatPosition, type StoredEvent } from '@poinciana/event-sourcing';
import type { communication as communications } from '@poinciana/contracts';
import { completedOf, type ParticipantHistory } from './participant-history.js';
import { fieldChanges, tellEvent } from './tell-event.js';
import type { Telling } from './told.js';

export type TimelineKind = 'participant' | 'run' | 'communication' | 'message';

/** Something that happened to a participant. */
export interface TimelineEntry {
  readonly eventId: string;
  /** Where it stands in the log, which is its order. */
  readonly position: string;
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly kind: TimelineKind;
  readonly type: string;
  readonly sentence: string;
  /** Fields old → new, for entries of the participant herself. */
  readonly changes: readonly string[];
  /** The entry that caused it; null when the cause lies outside of this participant. */
  readonly causedBy: string | null;
  readonly runId: string | null;
  readonly communicationId: string | null;
}

const KINDS: Readonly<Record<string, TimelineKind>> = {
  participant: 'participant',
  'flow-runs': 'run',
  communication: 'communication',
  session: 'message',
};

/** Everything of a history, the newest first. */
export function timelineOf(history: ParticipantHistory, telling: Telling): readonly TimelineEntry[] {
  const events = allEvents(history);
  const known = new Set(events.map(({ id }) => id));
  const before = new Map(history.events.map(({ id }, at) => [id, history.events[at - 1]]));
  return events.toReversed().map((event) => ({
    eventId: event.id,
    position: formatPosition(event.position),
    time: event.time,
    kind: KINDS[categoryOf(event.stream)] ?? 'participant',
    type: event.type,
    sentence: tellEvent(event, telling, before.get(event.id)),
    changes: categoryOf(event.stream) === 'participant' ? fieldChanges(event, telling, before.get(event.id)) : [],
    causedBy: known.has(event.causation) ? event.causation : null,
    ...belongsTo(event),
  }));
}

/** All events of a history in the order of the log. */
function allEvents({ events, runs, communications: all, incoming }: ParticipantHistory): readonly StoredEvent[] {
  const own = all.flatMap((communication) => [...communication.events, ...communication.messages]);
  return [...events, ...runs, ...own, ...incoming].toSorted(
    (one, other) => one.position.number - other.position.number,
  );
}

function belongsTo(event: StoredEvent): Pick<TimelineEntry, 'runId' | 'communicationId'> {
  switch (categoryOf(event.stream)) {
    case 'flow-runs':
      return { runId: completedOf(event).run.id, communicationId: null };
    case 'communication': {
      const { communication } = event.data as communications.CommunicationPlanned;
      return { runId: communication.runId, communicationId: communication.id };
    }
    case 'session': {
      const { session } = event.data as { readonly session: { readonly communicationId?: string } };
      return { runId: null, communicationId: session.communicationId ?? null };
    }
    default:
      return { runId: null, communicationId: null };
  }
}
