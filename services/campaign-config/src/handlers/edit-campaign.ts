import { campaignName, foldedName } from '../domain/campaign-name.js';
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

  async execute(asking: Asking, campaignId: string, change: CampaignChange): Promise<CampaignNow> {
    const { workspace } = asking.caller;
    const { campaign } = await this.campaigns.read(workspace, campaignId);
    if (change.name !== undefined && foldedName(campaignName(change.name)) !== foldedName(campaign.name)) {
      await this.naming.reserveForExisting(workspace, change.name, campaignId);
    }
    const edited = await this.campaigns.execute(asking, campaignId, { type: 'EditCampaign', ...change });
    await this.naming.settle(workspace, edited.campaign);
    return edited;
  }
}
