import { derivedId } from '../derived-id.js';
import { withPayload, type DomainEvent, type EventContext, type NewEvent } from '../event.js';

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
  return events.map(({ type, data, personal }, index) => {
    const id = derivedId(commandId, stream, index);
    return withPayload({ id, type, workspace, key, time, causation, correlation, actor, hop }, data, personal);
  });
}
