import { parseFlow } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { SeenState } from '../domain/seen-state.js';
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

  async execute(
    asking: Asking,
    campaignId: string,
    { note, ...drawn }: DrawnFlow,
    seen: SeenState | undefined,
  ): Promise<CampaignNow> {
    const flow = flowOf(drawn);
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    return this.campaigns.execute(asking, campaignId, { type: 'SaveFlow', flow, note, workspace, seen });
  }
}

/** A graph within bounds, with known members only. Refuses anything else with everything that is wrong with it. */
function flowOf(drawn: Omit<DrawnFlow, 'note'>): contract.Flow {
  const parsed = parseFlow(drawn);
  if (!('flow' in parsed)) {
    const problems = { problems: parsed.problems };
    throw new DomainError('malformed_flow', parsed.problems[0]?.sentence ?? 'This is no flow', 'invalid', problems);
  }
  return { ...parsed.flow, edges: parsed.flow.edges.map(({ from, output, to }) => ({ from, output, to })) };
}
