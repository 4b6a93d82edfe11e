import { derivedId } from '../derived-id.js';
import type { DomainEvent, EventContext, NewEvent, StoredEvent } from '../event.js';
import type { EventPlace } from '../lazy-event.js';

/**
 * Events of one decision, ready to be appended to one stream. Their ids follow from the command, the stream and the place
 * in the decision, so that the same command gives the same ids again.
 */
export function toNewEvents<Event extends DomainEvent>(
  context: EventContext,
  commandId: string,
  stream: string,
  events: readonly Event[],
): readonly NewEvent<Event>[] {
  const { workspace, key, time, causation, correlation, actor, hop } = context;
  return events.map(({ type, data, personal }, index) => ({
    id: derivedId(commandId, stream, index),
    type,
    workspace,
    key,
    time,
    causation,
    correlation,
    actor,
    hop,
    data,
    ...(personal === undefined ? {} : { personal }),
  }));
}

/** An event that was appended, as the log gives it. Spelled out, since a spread costs many times as much and writers do this to each event. */
export function storedEvent(event: NewEvent, { stream, revision, position }: EventPlace): StoredEvent {
  const { id, type, workspace, key, time, causation, correlation, actor, hop, data, personal } = event;
  return {
    id,
    type,
    workspace,
    key,
    time,
    causation,
    correlation,
    actor,
    hop,
    data,
    ...(personal === undefined ? {} : { personal }),
    stream,
    revision,
    position,
  };
}
