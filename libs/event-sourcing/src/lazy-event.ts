import type { NewEvent, StoredEvent } from './event.js';

/** Everything of an event but its payload. */
export type Envelope = Omit<NewEvent, 'data' | 'personal'>;
/** Where it stands. */
export type EventPlace = Pick<StoredEvent, 'stream' | 'revision' | 'position'>;

/**
 * A stored event whose payload stays JSON until somebody looks at it: most readers of the log want few of its categories. It is
 * what an event is otherwise: comparing, copying and spreading it reads the payload.
 */
export function lazyEvent(
  envelope: Envelope,
  place: EventPlace,
  data: string,
  personal: string | null | undefined,
): StoredEvent {
  return new LazyEvent(envelope, place, data, personal ?? undefined);
}

/** An event as `JSON.stringify` writes it, without reading a payload that nobody has looked at. */
export function eventJson(event: StoredEvent): string {
  return event instanceof LazyEvent ? event.json() : JSON.stringify(event);
}

/** Members are set one by one, so that all events have one shape: the way of an import makes millions of them. */
class LazyEvent implements StoredEvent {
  /** A member of each event of its own, so that spreading finds it; one getter for all, so that they keep their shape. */
  private static readonly dataMember: PropertyDescriptor & ThisType<LazyEvent> = {
    enumerable: true,
    configurable: true,
    get() {
      return this.readData();
    },
  };
  private static readonly personalMember: PropertyDescriptor & ThisType<LazyEvent> = {
    enumerable: true,
    configurable: true,
    get() {
      return this.readPersonal();
    },
  };

  readonly id: string;
  readonly type: string;
  readonly workspace: string;
  readonly key: string;
  readonly time: string;
  readonly causation: string;
  readonly correlation: string;
  readonly actor: string;
  readonly hop: number;
  readonly stream: string;
  readonly revision: number;
  readonly position: StoredEvent['position'];
  declare readonly data: object;
  declare readonly personal?: object;
  /** JSON, until it was read. */
  #data: string | object;
  #personal: string | object | undefined;

  constructor(envelope: Envelope, place: EventPlace, data: string, personal: string | undefined) {
    this.id = envelope.id;
    this.type = envelope.type;
    this.workspace = envelope.workspace;
    this.key = envelope.key;
    this.time = envelope.time;
    this.causation = envelope.causation;
    this.correlation = envelope.correlation;
    this.actor = envelope.actor;
    this.hop = envelope.hop;
    this.stream = place.stream;
    this.revision = place.revision;
    this.position = place.position;
    this.#data = data;
    this.#personal = personal;
    Object.defineProperty(this, 'data', LazyEvent.dataMember);
    if (personal !== undefined) Object.defineProperty(this, 'personal', LazyEvent.personalMember);
  }

  /** The payload last, as the members stand in the object. */
  json(): string {
    const { id, type, workspace, key, time, causation, correlation, actor, hop, stream, revision, position } = this;
    const envelope = { id, type, workspace, key, time, causation, correlation, actor, hop, stream, revision, position };
    const personal = this.#personal === undefined ? '' : `,"personal":${jsonOf(this.#personal)}`;
    return `${JSON.stringify(envelope).slice(0, -1)},"data":${jsonOf(this.#data)}${personal}}`;
  }

  private readData(): object {
    if (typeof this.#data === 'string') this.#data = JSON.parse(this.#data) as object;
    return this.#data;
  }

  private readPersonal(): object | undefined {
    if (typeof this.#personal === 'string') this.#personal = JSON.parse(this.#personal) as object;
    return this.#personal;
  }
}

function jsonOf(payload: string | object): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload);
}
