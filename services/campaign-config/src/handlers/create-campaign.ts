import { derivedId } from '@poinciana/event-sourcing';
import { campaignDescription, campaignName, nameTaken } from '../domain/campaign-name.js';
import type { CampaignNaming } from './campaign-naming.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import { isRefusal } from './refusal.js';

export interface NewCampaign {
  readonly name: string;
  readonly description: string;
}

/** Reserve, append. The id follows from the request, so that a repeated request makes the same campaign. */
export class CreateCampaignHandler {
  constructor(
    private readonly naming: CampaignNaming,
    private readonly campaigns: CampaignStreams,
  ) {}

  async execute(asking: Asking, wanted: NewCampaign): Promise<CampaignNow> {
    const { workspace } = asking.caller;
    const { causation } = asking.request;
    const name = campaignName(wanted.name);
    const description = campaignDescription(wanted.description);
    const proposedId = derivedId('campaign', workspace, causation);
    const isRepeated = await this.campaigns.isKnown(proposedId);
    const id = isRepeated ? proposedId : await this.naming.reserveForNew(workspace, name, proposedId, causation);
    try {
      return await this.campaigns.execute(asking, id, { type: 'CreateCampaign', id, name, description });
    } catch (error) {
      // Somebody else created it with the same reservation.
      throw isRefusal(error, 'campaign_exists') ? nameTaken(wanted.name) : error;
    }
  }
}
