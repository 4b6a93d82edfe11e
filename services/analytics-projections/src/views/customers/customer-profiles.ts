import type { customer as contract, JsonObject } from '@poinciana/contracts';
import { DomainError, type EventStore, streamName } from '@poinciana/event-sourcing';

/** A customer's profile, as the last event of her stream tells it. */
export interface CustomerProfile {
  readonly id: string;
  /** Every value by field name; empty after an erasure. */
  readonly profile: JsonObject;
  readonly isErased: boolean;
  readonly updatedAt: string;
}

/** Profiles from the log itself: no table keeps them, so they cost imports nothing and forget at once what an erasure takes. */
export class CustomerProfiles {
  constructor(private readonly store: EventStore) {}

  /** Throws a `DomainError` for a customer that the workspace does not have. */
  async read(workspace: string, id: string): Promise<CustomerProfile> {
    const [last] = await this.store.readLast([streamName('customer', id)]);
    if (last?.workspace !== workspace)
      throw new DomainError('customer_not_found', 'There is no such customer', 'notFound');
    const { profile = {} } = (last.personal ?? {}) as Partial<contract.CustomerProfileChangedPersonal>;
    return { id, profile, isErased: last.type === 'CustomerErased', updatedAt: last.time };
  }
}
