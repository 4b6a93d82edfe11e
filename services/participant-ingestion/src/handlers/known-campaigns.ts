import { type KnownCampaign, knownCampaign, type KnownWorkspace, knownWorkspace } from '@poinciana/campaign-definition';
import { DomainError, type EventStore, FoldedStreams, streamName } from '@poinciana/event-sourcing';

/** What an import needs to know of its campaign. */
export interface ImportTarget {
  readonly fields: KnownCampaign['fields'];
  /** The workspace's zone. */
  readonly zone: string;
}

const CAMPAIGNS_MAX = 1_000;
const WORKSPACES_MAX = 1_000;

/** Campaigns as the log knows them at the moment of asking. */
export class KnownCampaigns {
  private readonly campaigns: FoldedStreams<KnownCampaign>;
  private readonly workspaces: FoldedStreams<KnownWorkspace>;

  constructor(store: EventStore) {
    this.campaigns = new FoldedStreams(store, knownCampaign, CAMPAIGNS_MAX);
    this.workspaces = new FoldedStreams(store, knownWorkspace, WORKSPACES_MAX);
  }

  /** Throws a `DomainError` for a campaign that is unknown, another workspace's, or deleted. */
  async target(workspace: string, campaignId: string): Promise<ImportTarget> {
    const [state, zone] = await Promise.all([this.assertKnown(workspace, campaignId), this.zoneOf(workspace)]);
    if (state.phase === 'deleted') throw campaignDeleted();
    return { fields: state.fields, zone };
  }

  /** The workspace's zone. */
  async zoneOf(workspace: string): Promise<string> {
    return (await this.workspaces.readOne(streamName('workspace', workspace))).state.timeZone;
  }

  /** What is known of a campaign, deleted or not. Throws a `DomainError` when the workspace has none of this id. */
  async assertKnown(workspace: string, campaignId: string): Promise<KnownCampaign> {
    const { state } = await this.campaigns.readOne(streamName('campaign', campaignId));
    if (state.phase === 'none' || state.workspace !== workspace) {
      throw new DomainError('campaign_not_found', 'There is no such campaign.', 'notFound');
    }
    return state;
  }

  /** What is known of several, by their ids, whosever they are. */
  async known(campaignIds: Iterable<string>): Promise<ReadonlyMap<string, KnownCampaign>> {
    const ids = [...new Set(campaignIds)];
    const read = await this.campaigns.read(ids.map((id) => streamName('campaign', id)));
    return new Map(ids.flatMap((id) => knownAs(id, read.get(streamName('campaign', id))?.state)));
  }

  /** Whether a campaign that once was there still is. */
  async isDeleted(campaignId: string): Promise<boolean> {
    return (await this.campaigns.readOne(streamName('campaign', campaignId))).state.phase === 'deleted';
  }
}

function knownAs(id: string, state: KnownCampaign | undefined): readonly (readonly [string, KnownCampaign])[] {
  return state === undefined ? [] : [[id, state]];
}

function campaignDeleted(): DomainError {
  return new DomainError('campaign_deleted', 'The campaign was deleted.', 'conflict');
}
