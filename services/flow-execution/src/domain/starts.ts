import type { campaign as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** A Start of a campaign, whose waiting people are to be caught up. */
export interface CampaignStart {
  readonly campaignId: string;
  readonly workspace: string;
  /** Which Start of the campaign it is, from 1. */
  readonly generation: number;
  /** Its place in the log. */
  readonly number: number;
}

/** The Starts in a batch of the log. */
export function startsOf(events: readonly StoredEvent[]): readonly CampaignStart[] {
  return events.flatMap((event) => {
    if (event.type !== 'CampaignStarted') return [];
    const { campaign, generation } = event.data as contract.CampaignStarted;
    return [{ campaignId: campaign.id, workspace: event.workspace, generation, number: event.position.number }];
  });
}
