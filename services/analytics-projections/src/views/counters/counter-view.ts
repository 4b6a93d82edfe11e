import type { Counted } from './campaign-counter.js';

/** The read model behind the numbers of a campaign. The views that see what is counted keep it, in the same write. */
export abstract class CounterView {
  /** The counters of a campaign that are not zero, in no order. */
  abstract of(workspace: string, campaignId: string): Promise<readonly Counted[]>;
}
