import { parseFlow } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** A graph as it came from outside; what it holds is not known yet. */
export interface DrawnFlow {
  readonly id: string;
  readonly name: unknown;
  readonly nodes: unknown;
  readonly edges: unknown;
  readonly note: string;
}

/** Saves a version of a flow. A draft may be incomplete, but it must be a graph within bounds. */
export class SaveFlowHandler {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  async execute(asking: Asking, campaignId: string, { note, ...drawn }: DrawnFlow): Promise<CampaignNow> {
    const parsed = parseFlow(drawn);
    if (!('flow' in parsed)) {
      const problems = { problems: parsed.problems };
      throw new DomainError('malformed_flow', parsed.problems[0]?.sentence ?? 'This is no flow', 'invalid', problems);
    }
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const flow: contract.Flow = {
      ...parsed.flow,
      edges: parsed.flow.edges.map(({ from, output, to }) => ({ from, output, to })),
    };
    return this.campaigns.execute(asking, campaignId, { type: 'SaveFlow', flow, note, workspace });
  }
}
