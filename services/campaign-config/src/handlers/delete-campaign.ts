import type { CampaignNaming } from './campaign-naming.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';

/** Append, then free the name. What else follows from a deletion, others learn from the log (A53). */
export class DeleteCampaignHandler {
  constructor(
    private readonly naming: CampaignNaming,
    private readonly campaigns: CampaignStreams,
  ) {}

  async execute(asking: Asking, campaignId: string): Promise<CampaignNow> {
    const deleted = await this.campaigns.execute(asking, campaignId, { type: 'DeleteCampaign' });
    await this.naming.settle(asking.caller.workspace, deleted.campaign);
    return deleted;
  }
}
