import { foldedEmail, phoneDigits } from '@poinciana/campaign-definition';
import { IDENTITY_FIELDS } from '@poinciana/participant-file';
import type { CustomerParticipants, NotedParticipant } from '../storage/customer-participants.js';
import type { IdentityKeys } from '../storage/identity-keys.js';
import type { KnownCustomer, KnownPeople } from './known-people.js';

export const CUSTOMERS_PAGE_MAX = 200;

export interface CustomerPage {
  readonly customers: readonly KnownCustomer[];
  /** Behind which customer the next page begins; `undefined` at the end. */
  readonly next?: string;
}

export interface CustomerDetails extends KnownCustomer {
  readonly participants: readonly NotedParticipant[];
}

/** What can be asked about the customers of a workspace. */
export class CustomerQueries {
  constructor(
    private readonly people: KnownPeople,
    private readonly participants: CustomerParticipants,
    private readonly identityKeys: IdentityKeys,
  ) {}

  async list(workspace: string, limit: number, after: string | undefined): Promise<CustomerPage> {
    const ids = await this.participants.customers(workspace, limit, after);
    const customers = await this.people.customers(workspace, ids);
    const next = ids.length === limit ? ids.at(-1) : undefined;
    return next === undefined ? { customers } : { customers, next };
  }

  /**
   * Those whom any identity that begins so belongs to, first of all those whose identity it is; a phone may be written with its
   * punctuation.
   */
  async search(workspace: string, text: string, limit: number): Promise<CustomerPage> {
    const index = this.identityKeys.of(workspace);
    const beginnings = IDENTITY_FIELDS.map(({ name, letter }) => `${letter}:${folded(name, text)}`).filter(
      (beginning) => beginning.length > LETTER_LENGTH,
    );
    const owners = await index.ownersOf(beginnings);
    const ids = new Set([...owners.values(), ...(await index.beginningWith(beginnings, limit))]);
    return { customers: await this.people.customers(workspace, [...ids].slice(0, limit)) };
  }

  async details(workspace: string, customerId: string): Promise<CustomerDetails> {
    const known = await this.people.customer(workspace, customerId);
    return { ...known, participants: await this.participants.of(workspace, [customerId]) };
  }
}

const LETTER_LENGTH = 2;

function folded(name: string, text: string): string {
  const trimmed = text.trim().normalize('NFC');
  if (name === 'email') return foldedEmail(trimmed);
  return name === 'phone' ? (phoneDigits(trimmed) ?? '') : trimmed;
}
