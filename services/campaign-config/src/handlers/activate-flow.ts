import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** Activates a flow that passes all checks against the workspace's agents and channels as they are. */
export class ActivateFlowHandler {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  async execute(asking: Asking, campaignId: string, flowId: string): Promise<CampaignNow> {
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    return this.campaigns.execute(asking, campaignId, { type: 'ActivateFlow', flowId, workspace });
  }
}
