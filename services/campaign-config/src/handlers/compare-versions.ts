import { type Flow, type FlowComparison, compareFlows, describeComparison } from '@poinciana/campaign-definition';
import { checkContext } from '../domain/flow-problems.js';
import type { CampaignStreams } from './campaign-streams.js';
import type { FlowVersions } from './flow-versions.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** What differs between two versions, as data and as sentences. */
export interface FlowVersionComparison {
  readonly differences: FlowComparison;
  readonly sentences: readonly string[];
}

/** Compares two versions of a flow, in the names that fields, agents and channels have now. */
export class CompareVersions {
  constructor(
    private readonly versions: FlowVersions,
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  async compare(
    workspaceId: string,
    campaignId: string,
    flowId: string,
    [before, after]: readonly [number, number],
  ): Promise<FlowVersionComparison> {
    const older = await this.versions.find(workspaceId, campaignId, flowId, before);
    const newer = await this.versions.find(workspaceId, campaignId, flowId, after);
    const { campaign } = await this.campaigns.read(workspaceId, campaignId);
    const { workspace } = await this.workspaces.read(workspaceId);
    const [from, to] = [older.flow as Flow, newer.flow as Flow];
    const differences = compareFlows(from, to, checkContext(campaign, workspace));
    return { differences, sentences: describeComparison(differences, from, to) };
  }
}
