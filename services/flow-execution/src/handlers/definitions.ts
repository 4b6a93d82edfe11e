import {
  type Activation,
  type CampaignContext,
  type ChannelDefinition,
  type FieldDefinition,
  type Flow,
  type KnownCampaign,
  type KnownWorkspace,
  knownCampaign,
  knownWorkspace,
} from '@poinciana/campaign-definition';
import { type EventStore, FoldedStreams, streamName } from '@poinciana/event-sourcing';
import { type CompiledFlow, compileFlow } from '@poinciana/flow-engine';
import type { WorkspaceSignals } from '../domain/contact-hours.js';
import type { Running } from '../domain/run-trigger.js';
import type { KnownSignals } from './known-signals.js';

/** How many compiled activations are kept. */
const COMPILED_MAX = 1_000;

/** What is known of the workspace of a campaign. */
interface KnownAround {
  readonly workspace: KnownWorkspace;
  readonly revision: number;
  readonly signals: WorkspaceSignals;
}

/** What flow-execution knows of campaigns and workspaces: their streams, folded, and their flows, compiled once. */
export class Definitions {
  private readonly campaigns: FoldedStreams<KnownCampaign>;
  private readonly workspaces: FoldedStreams<KnownWorkspace>;
  private readonly compiled = new Map<string, readonly CompiledFlow[]>();

  constructor(
    store: EventStore,
    private readonly signals: Pick<KnownSignals, 'of'>,
  ) {
    this.campaigns = new FoldedStreams(store, knownCampaign);
    this.workspaces = new FoldedStreams(store, knownWorkspace);
  }

  /** What one needs to run the flows of these campaigns, as their streams stand now. */
  async runningOf(campaignIds: Iterable<string>): Promise<ReadonlyMap<string, Running>> {
    const ids = [...new Set(campaignIds)];
    const campaigns = await this.campaigns.read(ids.map((id) => streamName('campaign', id)));
    const known = ids.map((id) => ({ id, campaign: stateOf(campaigns, 'campaign', id) ?? knownCampaign.initialState }));
    const workspaceIds = new Set(
      known.flatMap(({ campaign }) => (campaign.workspace === '' ? [] : [campaign.workspace])),
    );
    const workspaces = await this.workspaces.read([...workspaceIds].map((id) => streamName('workspace', id)));
    const signals = new Map<string, WorkspaceSignals>();
    for (const id of workspaceIds) signals.set(id, await this.signals.of(id));
    return new Map(
      known.map(({ id, campaign }) => {
        const workspace = workspaces.get(streamName('workspace', campaign.workspace));
        const context = {
          workspace: workspace?.state ?? knownWorkspace.initialState,
          revision: workspace?.revision ?? -1,
          signals: signals.get(campaign.workspace) ?? {},
        };
        return [id, this.running(campaign, context)];
      }),
    );
  }

  private running(campaign: KnownCampaign, { workspace, revision, signals }: KnownAround): Running {
    return {
      campaign,
      workspaceZone: workspace.timeZone,
      workspaceSignals: signals,
      flowsOf: (activation) => this.flowsOf(campaign, activation, workspace, revision),
    };
  }

  private flowsOf(
    campaign: KnownCampaign,
    activation: Activation,
    workspace: KnownWorkspace,
    workspaceRevision: number,
  ): readonly CompiledFlow[] {
    const key = `${campaign.id}/${activation.generation}/${workspaceRevision}`;
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const flows = compiledFlows(campaign, activation, workspace);
    this.compiled.set(key, flows);
    for (const oldest of this.compiled.keys()) {
      if (this.compiled.size <= COMPILED_MAX) break;
      this.compiled.delete(oldest);
    }
    return flows;
  }
}

function stateOf(
  folded: ReadonlyMap<string, { readonly state: KnownCampaign }>,
  category: string,
  id: string,
): KnownCampaign | undefined {
  return folded.get(streamName(category, id))?.state;
}

/** The flows of an activation in the versions that were active at its Start, with the fields of then ([W]9). */
export function compiledFlows(
  campaign: KnownCampaign,
  activation: Activation,
  workspace: KnownWorkspace,
): readonly CompiledFlow[] {
  const flows = activation.flows.flatMap(({ flowId, version }) => {
    const flow = campaign.flowVersions[flowId]?.[version];
    return flow === undefined ? [] : [{ flow: flow as Flow, version }];
  });
  const context: CampaignContext = {
    fields: activation.fields as readonly FieldDefinition[],
    agents: Object.values(workspace.agents) as CampaignContext['agents'],
    channels: Object.values(workspace.channels) as readonly ChannelDefinition[],
    flows: flows.map(({ flow }) => ({ flow, active: true })),
  };
  return flows.map(({ flow, version }) => compileFlow(flow, context, version));
}
