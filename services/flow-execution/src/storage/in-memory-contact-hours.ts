import type { StateWrite } from '@poinciana/messaging';
import { type WorkspaceSignals, summedHours } from '../domain/contact-hours.js';
import { CONTACTS_MAX, type Contact, type Customer } from '../domain/contacts.js';
import { ContactHours, signalsOf } from './contact-hours.js';

/** The twin for tests. */
export class InMemoryContactHours extends ContactHours<unknown> {
  private contacts: readonly Contact[] = [];
  private readonly customers = new Map<string, readonly string[]>();

  override add(contacts: readonly Contact[]): StateWrite<unknown> {
    return async () => {
      this.contacts = [...this.contacts, ...contacts];
      for (const each of contacts.toSorted((one, other) => one.number - other.number)) {
        const times = this.customers.get(keyOf(each)) ?? [];
        this.customers.set(keyOf(each), [each.time, ...times].slice(0, CONTACTS_MAX));
      }
    };
  }

  override async of(workspace: string, firstDay: string): Promise<WorkspaceSignals> {
    const hours = summedHours(this.contacts.filter((each) => each.workspace === workspace));
    return signalsOf(hours.filter(({ day }) => day >= firstDay));
  }

  override async ofCustomers(customers: readonly Customer[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return new Map(
      customers.flatMap((each) => {
        const times = this.customers.get(keyOf(each));
        return times === undefined ? [] : [[each.customerId, times]];
      }),
    );
  }

  override forget(customers: readonly Customer[]): StateWrite<unknown> {
    return async () => {
      for (const each of customers) this.customers.delete(keyOf(each));
    };
  }
}

function keyOf({ workspace, customerId }: Customer): string {
  return `${workspace}/${customerId}`;
}
