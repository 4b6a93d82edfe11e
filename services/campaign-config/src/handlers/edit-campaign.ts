import { DomainError } from '@poinciana/event-sourcing';
import { campaignName, foldedName } from '../domain/campaign-name.js';
import type { SeenState } from '../domain/seen-state.js';
import type { CampaignNaming } from './campaign-naming.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';

/** What is left out stays as it is. */
export interface CampaignChange {
  readonly name?: string;
  readonly description?: string;
}

/** Reserve the new name, append, free the old one. */
export class EditCampaignHandler {
  constructor(
    private readonly naming: CampaignNaming,
    private readonly campaigns: CampaignStreams,
  ) {}

  async execute(
    asking: Asking,
    campaignId: string,
    change: CampaignChange,
    seen: SeenState | undefined,
  ): Promise<CampaignNow> {
    const { workspace } = asking.caller;
    const { campaign } = await this.campaigns.read(workspace, campaignId);
    if (change.name !== undefined && foldedName(campaignName(change.name)) !== foldedName(campaign.name)) {
      await this.naming.reserveForExisting(workspace, change.name, campaignId);
    }
    const command = { type: 'EditCampaign', ...change, seen } as const;
    try {
      const edited = await this.campaigns.execute(asking, campaignId, command);
      await this.naming.settle(workspace, edited.campaign);
      return edited;
    } catch (error) {
      // What was refused leaves no name behind.
      if (error instanceof DomainError) await this.naming.settle(workspace, campaign);
      throw error;
    }
  }
}
