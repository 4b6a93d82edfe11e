import type { StoredEvent } from '@poinciana/event-sourcing';
import type { EraseCustomer } from './erase-customer.js';

/** An erasure that was asked for is carried out, whatever became of the process that took the request. */
export class OnCustomersErased {
  constructor(private readonly eraseCustomer: EraseCustomer) {}

  async handle(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) if (event.type === 'CustomerErased') await this.eraseCustomer.follow(event);
  }
}
