import type { StateWrite } from '@poinciana/messaging';
import type { ContactHour, WorkspaceSignals } from '../domain/contact-hours.js';
import type { Contact, Customer } from '../domain/contacts.js';

/** When people read or reply: each customer, and all of a workspace together. */
export abstract class ContactHours<Transaction> {
  /**
   * Counts signals, in the transaction that moves the rows of their participants past them: what those refuse a second time is
   * not counted a second time.
   */
  abstract add(contacts: readonly Contact[]): StateWrite<Transaction>;
  /** By local hour 0 to 23, of the days from one on, `YYYY-MM-DD`. */
  abstract of(workspace: string, firstDay: string): Promise<WorkspaceSignals>;
  /** The last `CONTACTS_MAX` times of each customer that has any, the newest first, by customer. */
  abstract ofCustomers(customers: readonly Customer[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What says nothing of anybody, how often it happened in a workspace, stays. */
  abstract forget(customers: readonly Customer[]): StateWrite<Transaction>;
}

/** Rows of one workspace as the 24 hours of each channel. */
export function signalsOf(rows: readonly Pick<ContactHour, 'channelType' | 'hour' | 'count'>[]): WorkspaceSignals {
  const signals: Record<string, number[]> = {};
  for (const { channelType, hour, count } of rows) {
    const hours = (signals[channelType] ??= Array.from({ length: 24 }, () => 0));
    hours[hour] = (hours[hour] ?? 0) + count;
  }
  return signals;
}
