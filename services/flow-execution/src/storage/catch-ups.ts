import type { StateWrite } from '@poinciana/messaging';
import type { CampaignStart } from '../domain/starts.js';

/** How far the work of a Start is. */
export interface CatchUpProgress {
  readonly generation: number;
  /** How many waited; absent until the work begins. */
  readonly total?: number;
  readonly done: number;
  readonly finished: boolean;
}

/** A Start whose work this process holds for a while, by the database's clock. */
export interface LeasedCatchUp extends CampaignStart {
  readonly total?: number;
  /** Counts the leases: whoever holds an older one is refused. */
  readonly leaseNumber: number;
}

/** The work that Starts have left to do. */
export abstract class CatchUps<Transaction> {
  /** Notes Starts, each once. */
  abstract add(starts: readonly CampaignStart[]): StateWrite<Transaction>;
  /** Takes the oldest unfinished one that nobody holds and that stands at most at a place in the log. */
  abstract lease(upTo: number, leaseMs: number): Promise<LeasedCatchUp | undefined>;
  /** Notes progress and prolongs the lease; false when somebody else took over. */
  abstract progressed(
    held: LeasedCatchUp,
    progress: { readonly total: number; readonly done: number; readonly finished: boolean },
    leaseMs: number,
  ): Promise<boolean>;
  /** Every Start of a campaign, the newest first. */
  abstract of(workspace: string, campaignId: string): Promise<readonly CatchUpProgress[]>;
}
