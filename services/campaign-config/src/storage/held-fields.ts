import type { StateWrite } from '@poinciana/messaging';

/** What a batch of the log says of the participants of one campaign. */
export interface AudienceChange {
  readonly campaignId: string;
  readonly workspace: string;
  /** How many more participants there are. */
  readonly living: number;
  /** Fields that somebody got a value for. */
  readonly fields: readonly string[];
}

/** Which fields of a campaign hold values, as far as the log was read: once filled, until the last participant is gone. */
export abstract class HeldFields<Transaction> {
  abstract of(workspace: string, campaignId: string): Promise<readonly string[]>;
  abstract note(changes: readonly AudienceChange[]): StateWrite<Transaction>;
}
