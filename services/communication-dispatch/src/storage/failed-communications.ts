import type { StateWrite } from '@poinciana/messaging';

/** A communication that ended as Failed and was not tried again. */
export interface FailedCommunication {
  readonly communicationId: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly code: string;
}

/** What failed in a campaign, as its streams have it. Throws `TransientError` when the database is away. */
export abstract class FailedCommunications<Transaction> {
  /** Inside a consumer's transaction. Repeating it changes nothing. */
  abstract put(failed: readonly FailedCommunication[]): StateWrite<Transaction>;
  /** They were tried again. */
  abstract remove(communicationIds: readonly string[]): Promise<void>;
  /** How many failed, by code. */
  abstract countsOf(workspace: string, campaignId: string): Promise<ReadonlyMap<string, number>>;
  /** Those with one of the codes, by id after the one given, at most `limit`. */
  abstract page(request: FailedPageRequest): Promise<readonly FailedCommunication[]>;
}

export interface FailedPageRequest {
  readonly workspace: string;
  readonly campaignId: string;
  readonly codes: readonly string[];
  readonly after: string | undefined;
  readonly limit: number;
}
