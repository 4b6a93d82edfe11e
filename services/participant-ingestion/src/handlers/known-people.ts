import { DomainError, type EventStore, type JsonObject } from '@poinciana/event-sourcing';
import { customer } from '../domain/customer.js';
import { participant, type Participant } from '../domain/participant.js';
import { streamFromLast } from './batch-stream.js';
import { customerStream, participantStream } from './streams.js';

/** A profile as its last event tells it. */
export interface KnownCustomer {
  readonly id: string;
  readonly profile: JsonObject;
}

/** Customers and participants as the log knows them at the moment of asking, in their workspace only. */
export class KnownPeople {
  constructor(private readonly store: EventStore) {}

  /** Throws a `DomainError` where the campaign has no such participant, or has it no longer. */
  async participant(workspace: string, campaignId: string, participantId: string): Promise<Participant> {
    const [last] = await this.store.readLast([participantStream(participantId)]);
    const { state } = streamFromLast(participantStream(participantId), participant, last);
    if (last?.workspace !== workspace || state.campaignId !== campaignId || state.phase !== 'present')
      throw new DomainError('participant_not_found', 'There is no such participant.', 'notFound');
    return state;
  }

  /** Throws a `DomainError` where the workspace has no such customer; one who was erased is none. */
  async customer(workspace: string, customerId: string): Promise<KnownCustomer> {
    const [known] = await this.customers(workspace, [customerId]);
    if (known === undefined) throw new DomainError('customer_not_found', 'There is no such customer.', 'notFound');
    return known;
  }

  /** Those who are known, in the order asked. */
  async customers(workspace: string, customerIds: readonly string[]): Promise<readonly KnownCustomer[]> {
    if (customerIds.length === 0) return [];
    const last = await this.store.readLast(customerIds.map(customerStream));
    return customerIds.flatMap((id, at) => {
      const { state } = streamFromLast(customerStream(id), customer, last[at]);
      return last[at]?.workspace === workspace && state.phase === 'known' ? [{ id, profile: state.profile }] : [];
    });
  }
}
