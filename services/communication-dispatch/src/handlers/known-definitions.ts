import { knownCampaign, knownWorkspace, type KnownCampaign, type KnownWorkspace } from '@poinciana/campaign-definition';
import { FoldedStreams, streamName, type EventStore } from '@poinciana/event-sourcing';
import type { CampaignState } from '../storage/timers.js';

/** Folded campaigns hold every version of their flows; more than these are folded again when needed. */
const CAMPAIGNS_MAX = 500;
const WORKSPACES_MAX = 500;

export interface FoldedCampaign {
  readonly known: KnownCampaign;
  readonly revision: number;
}

/** Campaigns and workspaces as the log has them now: every batch reads the tails first. */
export class KnownDefinitions {
  private readonly campaignStreams: FoldedStreams<KnownCampaign>;
  private readonly workspaceStreams: FoldedStreams<KnownWorkspace>;

  constructor(store: EventStore) {
    this.campaignStreams = new FoldedStreams(store, knownCampaign, CAMPAIGNS_MAX);
    this.workspaceStreams = new FoldedStreams(store, knownWorkspace, WORKSPACES_MAX);
  }

  /** By campaign id. */
  async campaigns(ids: Iterable<string>): Promise<ReadonlyMap<string, FoldedCampaign>> {
    const wanted = [...new Set(ids)];
    const folded = await this.campaignStreams.read(wanted.map((id) => streamName('campaign', id)));
    return new Map(
      wanted.map((id) => {
        const stream = folded.get(streamName('campaign', id));
        return [id, { known: stream?.state ?? knownCampaign.initialState, revision: stream?.revision ?? -1 }];
      }),
    );
  }

  /** By workspace id. */
  async workspaces(ids: Iterable<string>): Promise<ReadonlyMap<string, KnownWorkspace>> {
    const wanted = [...new Set(ids)];
    const folded = await this.workspaceStreams.read(wanted.map((id) => streamName('workspace', id)));
    return new Map(
      wanted.map((id) => [id, folded.get(streamName('workspace', id))?.state ?? knownWorkspace.initialState]),
    );
  }
}

/** Whether a campaign's sends wait: whatever is not Active (A9, A49). */
export function campaignStateOf(
  campaignId: string,
  workspace: string,
  { known, revision }: FoldedCampaign,
): CampaignState {
  return { campaignId, workspace, held: known.status !== 'Active', deleted: known.phase === 'deleted', revision };
}
