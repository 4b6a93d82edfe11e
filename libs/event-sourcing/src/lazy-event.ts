import type { StoredEvent } from './event.js';

/** Everything of a stored event but its payload. */
export type StoredEnvelope = Omit<StoredEvent, 'data' | 'personal'>;

/**
 * A stored event whose payload stays JSON until somebody looks at it: most readers of the log want few of its categories. It is
 * what an event is otherwise: comparing, copying and spreading it reads the payload.
 */
export function lazyEvent(envelope: StoredEnvelope, data: string, personal: string | null | undefined): StoredEvent {
  const { id, type, workspace, key, time, causation, correlation, actor, hop, stream, revision, position } = envelope;
  let parsed: object | undefined;
  const event = {
    id,
    type,
    workspace,
    key,
    time,
    causation,
    correlation,
    actor,
    hop,
    stream,
    revision,
    position,
    get data(): object {
      return (parsed ??= JSON.parse(data) as object);
    },
  };
  return personal === undefined || personal === null ? event : withPersonal(event, personal);
}

function withPersonal(event: StoredEvent, json: string): StoredEvent {
  let parsed: object | undefined;
  const get = (): object => (parsed ??= JSON.parse(json) as object);
  return Object.defineProperty(event, 'personal', { get, enumerable: true, configurable: true });
}
