import {
  derivedIdBeside,
  type DomainEvent,
  DomainError,
  type NewEvent,
  type Position,
  START,
  type StreamWrite,
} from '@poinciana/event-sourcing';
import { customer, type Customer, type CustomerEvent } from '../domain/customer.js';
import type { ItemOrigin } from '../domain/item-origin.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { itemRefusal, type ItemWarning, inOwnZone, type ReadItem } from '@poinciana/participant-file';
import { participant, type Participant, type ParticipantEvent } from '../domain/participant.js';
import { type BatchStream, evolveStored } from './batch-stream.js';
import type { ItemBatch } from './item-batch.js';

/** An item that can be read, and whom it is about. */
export interface ResolvedItem {
  readonly item: ReadItem;
  readonly customerId: string;
  readonly participantId: string;
  readonly warnings: readonly ItemWarning[];
  /** Only this life of the participant takes the item, instead of a new one beginning with it. */
  readonly life?: number;
}

/** The streams of a batch, by the id of their customer or participant. */
export interface BatchStreams {
  readonly customers: ReadonlyMap<string, BatchStream<Customer>>;
  readonly participants: ReadonlyMap<string, BatchStream<Participant>>;
}

/** A participant stands in a campaign once per customer and object; the campaign's digits keep its people together in an index. */
export function participantIdOf(campaignId: string, customerId: string, objectId: string): string {
  return derivedIdBeside(campaignId, customerId, objectId);
}

/** The ids of the events that an item of a batch can have. */
export function ownEventIds(batch: ItemBatch): { readonly customers: Set<string>; readonly participants: Set<string> } {
  const origins = batch.items.map(({ number }) => batch.origins(number));
  return {
    customers: new Set(origins.map(({ customerEventId }) => customerEventId)),
    participants: new Set(origins.map(({ participantEventId }) => participantEventId)),
  };
}

/** Decides the items of one batch in order, each on the state that those before it left. */
export class BatchDecision {
  private readonly customerFields: ReadonlySet<string>;
  private readonly touched = new Set<BatchStream<unknown>>();
  private lastStored: Position = START;

  constructor(
    private readonly batch: ItemBatch,
    private readonly streams: BatchStreams,
    /** When it happens by the Clock port, ISO 8601. */
    private readonly time: string,
  ) {
    this.customerFields = new Set(batch.plan.customerFields);
  }

  decide(resolved: ResolvedItem): ItemOutcome {
    const { item, customerId, participantId, warnings } = resolved;
    const profile = streamOf(this.streams.customers, customerId);
    const person = streamOf(this.streams.participants, participantId);
    const read = this.inZoneOf(item, person.state);
    if ('problem' in read) return { outcome: 'failed', problems: [read.problem], warnings };
    const { given } = read;
    const origin = this.batch.origins(item.number);
    try {
      const changes = this.changeProfile(customerId, given, profile.state, origin);
      const profileAfter = changes === undefined ? profile.state : customer.evolve(profile.state, changes);
      const known = profile.own ? profile.stored : profileAfter;
      const upsert = this.upsert(resolved, given, known, person.state, origin);
      const profileEvent = { id: origin.customerEventId, key: customerId, origin, decided: changes };
      const isProfileChanged = this.take(profile, profileEvent, customer);
      const personEvent = { id: origin.participantEventId, key: participantId, origin, decided: upsert };
      const event = this.take(person, personEvent, participant);
      return { outcome: outcomeOf(event?.type, isProfileChanged !== undefined), participantId, customerId, warnings };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { outcome: 'failed', problems: [itemRefusal(error)], warnings };
    }
  }

  /** What is to be appended: of each person first the profile, then the participants. */
  writes(): readonly StreamWrite[] {
    return [...this.touched].map(({ stream, expectedRevision, events }) => ({ stream, expectedRevision, events }));
  }

  /** Where the last of the batch's events stands that an attempt before had written; START when there is none. */
  get lastStoredPosition(): Position {
    return this.lastStored;
  }

  private inZoneOf(item: ReadItem, state: Participant): Pick<ReadItem, 'given'> | ReturnType<typeof inOwnZone> {
    const zone = item.timeZone === undefined ? state.timeZone : undefined;
    return item.localDatetimes.length === 0 || zone === undefined || zone === this.batch.zone
      ? item
      : inOwnZone(item, zone);
  }

  private changeProfile(
    customerId: string,
    given: ReadItem['given'],
    state: Customer,
    { source }: ItemOrigin,
  ): CustomerEvent | undefined {
    const { types } = this.batch.plan;
    const { customerFields } = this;
    const { uploadId } = source;
    const command = { type: 'ChangeCustomerProfile', customerId, given, customerFields, types, uploadId } as const;
    return customer.decide(command, state)[0];
  }

  private upsert(
    { item, customerId, participantId, life }: ResolvedItem,
    given: ReadItem['given'],
    { profile }: Customer,
    state: Participant,
    { source }: ItemOrigin,
  ): ParticipantEvent | undefined {
    const { campaignId, plan } = this.batch;
    const { objectId, timeZone } = item;
    const { customerFields, types } = plan;
    const identity = { id: participantId, campaignId, customerId, objectId };
    const command = {
      type: 'UpsertParticipant',
      identity,
      given,
      timeZone,
      profile,
      customerFields,
      types,
      source,
    } as const;
    return participant.decide(life === undefined ? command : { life, ...command }, state)[0];
  }

  /** Takes an event into its stream; where this batch already wrote, what stands there counts and nothing is added. */
  private take<State, Event extends CustomerEvent | ParticipantEvent>(
    into: BatchStream<State>,
    event: {
      readonly id: string;
      readonly key: string;
      readonly origin: ItemOrigin;
      readonly decided: Event | undefined;
    },
    fold: { evolve(state: State, event: Event): State; readonly initialState: State },
  ): { readonly type: string } | undefined {
    const { id, key, origin, decided } = event;
    if (into.own !== undefined) {
      const stored = into.own.get(id);
      if (stored === undefined) return undefined;
      into.state = evolveStored(fold, into.state, stored);
      if (stored.position.number > this.lastStored.number) this.lastStored = stored.position;
      return stored;
    }
    if (decided === undefined) return undefined;
    into.state = fold.evolve(into.state, decided);
    into.events.push(this.newEvent(id, key, origin, decided));
    this.touched.add(into);
    return decided;
  }

  private newEvent(id: string, key: string, origin: ItemOrigin, { type, data, personal }: DomainEvent): NewEvent {
    const { workspace } = this.batch;
    const { causation, correlation, actor, hop } = origin;
    const envelope = { id, type, workspace, key, time: this.time, causation, correlation, actor, hop, data };
    return personal === undefined ? envelope : { personal, ...envelope };
  }
}

function streamOf<State>(streams: ReadonlyMap<string, BatchStream<State>>, id: string): BatchStream<State> {
  const found = streams.get(id);
  if (found === undefined) throw new Error(`The batch did not load the stream of ${id}`);
  return found;
}

function outcomeOf(type: string | undefined, isProfileChanged: boolean): 'created' | 'updated' | 'unchanged' {
  if (type === 'ParticipantCreated') return 'created';
  return type === 'ParticipantUpdated' || isProfileChanged ? 'updated' : 'unchanged';
}
