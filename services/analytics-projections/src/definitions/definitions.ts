import {
  type CampaignContext,
  type ChannelDefinition,
  type FieldDefinition,
  type Flow,
  type KnownCampaign,
  knownCampaign,
  type KnownWorkspace,
  knownWorkspace,
} from '@poinciana/campaign-definition';
import { type EventStore, FoldedStreams, readStream, streamName } from '@poinciana/event-sourcing';

/** What views need to know of campaigns and workspaces beside their own rows: their streams, folded, as they stand now. */
export class Definitions {
  private readonly campaigns: FoldedStreams<KnownCampaign>;
  private readonly workspaces: FoldedStreams<KnownWorkspace>;

  constructor(private readonly store: EventStore) {
    this.campaigns = new FoldedStreams(store, knownCampaign);
    this.workspaces = new FoldedStreams(store, knownWorkspace);
  }

  /** A campaign of the workspace; one that is not there, or is somebody else's, is as if nothing were known. */
  async campaign(workspace: string, id: string): Promise<KnownCampaign> {
    const { state } = await this.campaigns.readOne(streamName('campaign', id));
    return state.workspace === workspace ? state : knownCampaign.initialState;
  }

  /** The campaign as it stood at an instant: read anew, for the few who ask. */
  async campaignAsOf(workspace: string, id: string, asOf: string): Promise<KnownCampaign> {
    const events = await readStream(this.store, streamName('campaign', id));
    const state = events
      .filter(({ time }) => time <= asOf)
      .reduce((known, event) => knownCampaign.evolve(known, event), knownCampaign.initialState);
    return state.workspace === workspace ? state : knownCampaign.initialState;
  }

  async workspace(id: string): Promise<KnownWorkspace> {
    return (await this.workspaces.readOne(streamName('workspace', id))).state;
  }
}

/** Everything around the flows of a campaign that explaining them asks for. */
export function contextOf(campaign: KnownCampaign, workspace: KnownWorkspace): CampaignContext {
  return {
    fields: campaign.fields as readonly FieldDefinition[],
    agents: Object.values(workspace.agents) as CampaignContext['agents'],
    channels: Object.values(workspace.channels) as readonly ChannelDefinition[],
    flows: Object.keys(campaign.flowVersions).flatMap((id) => {
      const flow = newestFlow(campaign, id);
      return flow === undefined ? [] : [{ flow, active: false }];
    }),
  };
}

/** A version of a flow; the newest when that one is not known. */
export function flowOf(campaign: KnownCampaign, flowId: string, version: number): Flow | undefined {
  return (campaign.flowVersions[flowId]?.[version] as Flow | undefined) ?? newestFlow(campaign, flowId);
}

/** The newest version of a flow. */
export function newestFlow(campaign: KnownCampaign, flowId: string): Flow | undefined {
  const versions = campaign.flowVersions[flowId] ?? {};
  return versions[Math.max(...Object.keys(versions).map(Number))] as Flow | undefined;
}
