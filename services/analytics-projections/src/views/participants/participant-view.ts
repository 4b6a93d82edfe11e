import type { JsonObject } from '@poinciana/contracts';
import type { StateWrite } from '@poinciana/messaging';
import type { Direction, Page, PageEnd } from '../page.js';
import type { FieldCondition } from './filters/field-condition.js';
import type { ParticipantChange } from './participant-changes.js';
import type { SearchedIdentity } from './searched-identity.js';

/** A participant as lists and details show it. Instants are ISO 8601 in UTC. */
export interface ParticipantLine {
  readonly id: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly objectId: string;
  readonly life: number;
  /** IANA name; null: the workspace's zone holds. */
  readonly timeZone: string | null;
  readonly values: JsonObject;
  /** The newest last. */
  readonly uploadIds: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const PARTICIPANT_SORTS = ['createdAt', 'updatedAt', 'name', 'email', 'phone', 'externalId'] as const;
export type ParticipantSort = (typeof PARTICIPANT_SORTS)[number];

/** Which participants of a campaign. Texts are folded (`foldedText`); all but `part` match from their beginning. */
export interface ParticipantFilter {
  readonly workspace: string;
  readonly campaignId: string;
  /** Part of the name, the email, the phone or the external ID. */
  readonly part?: SearchedIdentity;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly externalId?: string;
  readonly uploadId?: string;
  /** The first instant that counts, and the first that counts no more. */
  readonly createdFrom?: string;
  readonly createdBefore?: string;
  readonly updatedFrom?: string;
  readonly updatedBefore?: string;
  /** With a communication of this life in one of these statuses. */
  readonly statuses?: readonly string[];
  /** All of them must hold. */
  readonly conditions?: readonly FieldCondition[];
}

export interface ParticipantQuery extends ParticipantFilter {
  readonly sort: ParticipantSort;
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** Customers of a workspace, each as the participant that changed last. */
export interface CustomerQuery {
  readonly workspace: string;
  /** How the name, the email, the phone or the external ID begins. */
  readonly beginning?: SearchedIdentity;
  /** By the instant of that change. */
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** Campaigns of a customer that are told. */
export const CAMPAIGNS_OF_CUSTOMER_MAX = 200;

/** How many uploads a participant remembers; the oldest are forgotten first. */
export const UPLOADS_MAX = 100;

/** The read model behind the Participants tab: one row a participant. */
export abstract class ParticipantView<Transaction> {
  /** Also keeps the counter of participants. What was written before changes nothing. */
  abstract write(changes: readonly ParticipantChange[]): StateWrite<Transaction>;
  abstract list(query: ParticipantQuery): Promise<Page<ParticipantLine>>;
  /** People of all campaigns whose name, email, phone or external ID begins so, at most `limit`. */
  abstract search(workspace: string, beginning: SearchedIdentity, limit: number): Promise<readonly ParticipantLine[]>;
  /** One line a customer: of those of her participants that match, the one that changed last. */
  abstract customers(query: CustomerQuery): Promise<Page<ParticipantLine>>;
  /** In which campaigns customers are, at most CAMPAIGNS_OF_CUSTOMER_MAX each, in the order of their ids. */
  abstract campaignsOf(
    workspace: string,
    customerIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  /** A customer in her campaigns, the newest first. */
  abstract ofCustomer(workspace: string, customerId: string, limit: number): Promise<readonly ParticipantLine[]>;
  /** Those of these ids that are in the workspace and not deleted, in no order. */
  abstract find(workspace: string, ids: readonly string[]): Promise<readonly ParticipantLine[]>;
}

/** What a list sorted so is sorted by. */
export function sortedBy(sort: ParticipantSort): 'instant' | 'text' {
  return sort === 'createdAt' || sort === 'updatedAt' ? 'instant' : 'text';
}
