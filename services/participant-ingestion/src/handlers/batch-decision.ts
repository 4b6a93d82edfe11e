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
import { EventIds } from '../domain/event-ids.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { itemProblem, type ItemWarning } from '../domain/item-problem.js';
import { participant, type Participant, type ParticipantEvent } from '../domain/participant.js';
import { inOwnZone, type ReadItem } from '../domain/read-item.js';
import { type BatchStream, evolveStored } from './batch-stream.js';
import type { ItemBatch } from './item-batch.js';

/** An item that can be read, and whom it is about. */
export interface ResolvedItem {
  readonly item: ReadItem;
  readonly customerId: string;
  readonly participantId: string;
  readonly warnings: readonly ItemWarning[];
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
  const ids = new EventIds(batch.origin.cause);
  return {
    customers: new Set(batch.items.map(({ number }) => ids.customerEvent(number))),
    participants: new Set(batch.items.map(({ number }) => ids.participantEvent(number))),
  };
}

/** Decides the items of one batch in order, each on the state that those before it left. */
export class BatchDecision {
  private readonly ids: EventIds;
  private readonly customerFields: ReadonlySet<string>;
  private readonly touched = new Set<BatchStream<unknown>>();
  private lastStored: Position = START;

  constructor(
    private readonly batch: ItemBatch,
    private readonly streams: BatchStreams,
    /** When it happens by the Clock port, ISO 8601. */
    private readonly time: string,
  ) {
    this.ids = new EventIds(batch.origin.cause);
    this.customerFields = new Set(batch.plan.customerFields);
  }

  decide({ item, customerId, participantId, warnings }: ResolvedItem): ItemOutcome {
    const profile = streamOf(this.streams.customers, customerId);
    const person = streamOf(this.streams.participants, participantId);
    const read = this.inZoneOf(item, person.state);
    if ('problem' in read) return { outcome: 'failed', problems: [read.problem], warnings };
    const given = read.given;
    try {
      const changes = this.changeProfile(customerId, given, profile.state);
      const profileAfter = changes === undefined ? profile.state : customer.evolve(profile.state, changes);
      const upsert = this.upsert(
        item,
        { customerId, participantId },
        given,
        profile.own ? profile.stored : profileAfter,
        person.state,
      );
      const isProfileChanged = this.take(
        profile,
        this.ids.customerEvent(item.number),
        customerId,
        item.number,
        changes,
        customer,
      );
      const event = this.take(
        person,
        this.ids.participantEvent(item.number),
        participantId,
        item.number,
        upsert,
        participant,
      );
      return { outcome: outcomeOf(event?.type, isProfileChanged !== undefined), participantId, customerId, warnings };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { outcome: 'failed', problems: [itemProblem('participant_too_large')], warnings };
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

  private changeProfile(customerId: string, given: ReadItem['given'], state: Customer): CustomerEvent | undefined {
    const { plan, origin } = this.batch;
    const { types } = plan;
    const { uploadId } = origin;
    const command = {
      type: 'ChangeCustomerProfile',
      customerId,
      given,
      customerFields: this.customerFields,
      types,
      uploadId,
    } as const;
    return customer.decide(command, state)[0];
  }

  private upsert(
    item: ReadItem,
    who: { readonly customerId: string; readonly participantId: string },
    given: ReadItem['given'],
    profile: Customer,
    state: Participant,
  ): ParticipantEvent | undefined {
    const { campaignId, plan, origin } = this.batch;
    const identity = { id: who.participantId, campaignId, customerId: who.customerId, objectId: item.objectId };
    const { door, uploadId } = origin;
    const source = uploadId === undefined ? { door } : { door, uploadId, row: item.number };
    const { customerFields, types } = plan;
    const command = {
      type: 'UpsertParticipant',
      identity,
      given,
      timeZone: item.timeZone,
      profile: profile.profile,
      customerFields,
      types,
      source,
    } as const;
    return participant.decide(command, state)[0];
  }

  /** Takes an event into its stream; where this batch already wrote, what stands there counts and nothing is added. */
  private take<State, Event extends CustomerEvent | ParticipantEvent>(
    into: BatchStream<State>,
    id: string,
    key: string,
    number: number,
    decided: Event | undefined,
    fold: { evolve(state: State, event: Event): State; readonly initialState: State },
  ): { readonly type: string } | undefined {
    if (into.own !== undefined) {
      const stored = into.own.get(id);
      if (stored === undefined) return undefined;
      into.state = evolveStored(fold, into.state, stored);
      if (stored.position.number > this.lastStored.number) this.lastStored = stored.position;
      return stored;
    }
    if (decided === undefined) return undefined;
    into.state = fold.evolve(into.state, decided);
    into.events.push(this.newEvent(id, key, number, decided));
    this.touched.add(into);
    return decided;
  }

  private newEvent(id: string, key: string, number: number, { type, data, personal }: DomainEvent): NewEvent {
    const { workspace, origin } = this.batch;
    const { causation, actor } = origin;
    // An item is an outside event of its own: whatever follows from it goes back to it.
    const correlation = this.ids.participantEvent(number);
    const envelope = { id, type, workspace, key, time: this.time, causation, correlation, actor, hop: 0, data };
    return personal === undefined ? envelope : { ...envelope, personal };
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
