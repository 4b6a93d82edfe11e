import type { campaign as contract } from '@poinciana/contracts';
import type { StateWrite } from '@poinciana/messaging';
import type { Direction, Page, PageEnd } from '../page.js';
import type { CampaignChange } from './campaign-changes.js';

/** A line of the campaigns list. Instants are ISO 8601 in UTC. */
export interface CampaignLine {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly status: string;
  /** Why the status is Error. */
  readonly error?: contract.CampaignError | undefined;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

export type CampaignSort = 'modified' | 'created';

/** Which campaigns, in which order, after which one. */
export interface CampaignQuery {
  readonly workspace: string;
  /** Part of the name or the description, without regard to case. */
  readonly text?: string;
  readonly statuses?: readonly string[];
  readonly sort: CampaignSort;
  readonly direction: Direction;
  readonly after?: PageEnd;
  readonly limit: number;
}

/** The read model behind the campaigns list. */
export abstract class CampaignView<Transaction> {
  abstract write(changes: readonly CampaignChange[]): StateWrite<Transaction>;
  abstract list(query: CampaignQuery): Promise<Page<CampaignLine>>;
}
