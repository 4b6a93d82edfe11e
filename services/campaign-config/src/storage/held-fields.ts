import type { StateWrite } from '@poinciana/messaging';

/** Fields of one campaign that participants got values for. */
export interface FilledFields {
  readonly campaignId: string;
  readonly workspace: string;
  readonly fields: readonly string[];
}

/** Which fields of a campaign anybody ever held a value for, as far as the log was read. */
export abstract class HeldFields<Transaction> {
  /** In the order of the alphabet. */
  abstract of(workspace: string, campaignId: string): Promise<readonly string[]>;
  abstract fill(filled: readonly FilledFields[]): StateWrite<Transaction>;
}
