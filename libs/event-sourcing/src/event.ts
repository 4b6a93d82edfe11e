import type { Position } from './position.js';

/** Plain JSON: what an event carries. Written as it is, read as it was written. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/**
 * What a decider returns: something that happened, before anybody says when, where and why.
 * `personal` holds every value that says something about a person, and is the only part that erasure takes away.
 */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
  readonly personal?: object;
}

/** Who and what an event belongs to. The same for all events of one decision. */
export interface EventContext {
  /** The tenant, a UUID. */
  readonly workspace: string;
  /** Who the event is about, a UUID: the participant; else customer, address, campaign. Order holds per key. */
  readonly key: string;
  /** When it happened by the Clock port, ISO 8601 in UTC with milliseconds. */
  readonly time: string;
  /** The id of the event or command that caused it. */
  readonly causation: string;
  /** The id of the outside event at the root of the chain of causes. */
  readonly correlation: string;
  /** Who asked: `user:<subject>`, `service:<name>`. */
  readonly actor: string;
  /** How many runs lie between this and the outside event (A11). */
  readonly hop: number;
}

/** An event that is ready to be appended. Its id is derived from its cause, so that a repeated append collapses. */
export interface NewEvent<Event extends DomainEvent = DomainEvent> extends EventContext {
  readonly id: string;
  readonly type: Event['type'];
  readonly data: Event['data'];
  readonly personal?: Event['personal'];
}

/** An event as the log holds it. Revisions of a stream count from 0 without a gap. */
export interface StoredEvent<Event extends DomainEvent = DomainEvent> extends NewEvent<Event> {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/**
 * An event as it stands in the log once it was appended there. Member by member, as this is done for every event that a writer goes on
 * from: a spread costs ten times as much.
 */
export function appendedEvent<Event extends DomainEvent>(
  event: NewEvent<Event>,
  place: Pick<StoredEvent, 'stream' | 'revision' | 'position'>,
): StoredEvent<Event> {
  const { id, type, workspace, key, time, causation, correlation, actor, hop, data, personal } = event;
  const { stream, revision, position } = place;
  const envelope = { id, type, workspace, key, time, causation, correlation, actor, hop, stream, revision, position };
  return withPayload(envelope, data, personal);
}

/** An envelope with what it holds; one that says nothing about a person has no member for it. */
export function withPayload<Envelope extends object, Data, Personal>(
  envelope: Envelope,
  data: Data,
  personal: Personal | undefined,
): Envelope & { readonly data: Data; readonly personal?: Personal } {
  const event: Envelope & { data?: Data; personal?: Personal } = envelope;
  event.data = data;
  if (personal !== undefined) event.personal = personal;
  return event as Envelope & { readonly data: Data; readonly personal?: Personal };
}

/** One member of a decider's union of events: `EventOf<'CampaignCreated', CampaignCreated>`; without a third part it has no `personal`. */
export type EventOf<Type extends string, Data extends object, Personal extends object = never> = {
  readonly type: Type;
  readonly data: Data;
} & ([Personal] extends [never] ? unknown : { readonly personal?: Personal });
