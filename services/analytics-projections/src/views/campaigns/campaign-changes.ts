import type { campaign as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';

/** What a batch means for one row of the campaigns list. */
export interface CampaignChange {
  readonly id: string;
  readonly workspace: string;
  readonly campaign: contract.Campaign;
  readonly deleted: boolean;
  /** When it was created, if that happened in this batch. */
  readonly createdAt?: string;
  readonly modifiedAt: string;
  /** Of the last event of the campaign's stream. */
  readonly revision: number;
}

/** The last state of every campaign that a batch of its events, in log order, speaks of. */
export function campaignChanges(events: readonly StoredEvent[]): readonly CampaignChange[] {
  const changes = new Map<string, CampaignChange>();
  for (const event of events) {
    const { campaign } = event.data as { readonly campaign: contract.Campaign };
    const createdAt = event.type === 'CampaignCreated' ? event.time : changes.get(campaign.id)?.createdAt;
    changes.set(campaign.id, {
      id: campaign.id,
      workspace: event.workspace,
      campaign,
      deleted: event.type === 'CampaignDeleted',
      ...(createdAt === undefined ? {} : { createdAt }),
      modifiedAt: event.time,
      revision: event.revision,
    });
  }
  return [...changes.values()];
}
