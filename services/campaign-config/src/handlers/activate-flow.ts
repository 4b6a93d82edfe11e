import type { Problem } from '@poinciana/campaign-definition';
import { flowOf } from '../domain/campaign-flows.js';
import { flowProblems } from '../domain/flow-problems.js';
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

  /** What stands between a flow and its activation, and what is doubtful. */
  async problems(workspaceId: string, campaignId: string, flowId: string): Promise<readonly Problem[]> {
    const { campaign } = await this.campaigns.read(workspaceId, campaignId);
    const { workspace } = await this.workspaces.read(workspaceId);
    return flowProblems(flowOf(campaign, flowId).flow, campaign, workspace);
  }
}
