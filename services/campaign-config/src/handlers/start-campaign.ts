import type { StartCampaign } from '../domain/campaign-commands.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** Starts a campaign, with the answers to the questions that Start asks. */
export class StartCampaignHandler {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  async execute(
    asking: Asking,
    campaignId: string,
    answers: Pick<StartCampaign, 'pauseAnswer' | 'overdueAnswer'>,
  ): Promise<CampaignNow> {
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    return this.campaigns.execute(asking, campaignId, { type: 'StartCampaign', ...answers, workspace });
  }
}
