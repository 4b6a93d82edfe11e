import type { campaign as contract } from '@poinciana/contracts';
import { DomainError, type EventStore, type StoredEvent, readStream, streamName } from '@poinciana/event-sourcing';
import type { SeenState } from '../domain/seen-state.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** A flow as somebody saved it once. */
export interface SavedVersion {
  readonly version: number;
  readonly flow: contract.Flow;
  readonly note: string;
  readonly restoredFrom?: number | undefined;
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** `user:<subject>`. */
  readonly savedBy: string;
}

/** Every version of a flow, as the log of its campaign has it. */
export class FlowVersions {
  constructor(
    private readonly store: EventStore,
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  /** The newest first. A flow that was deleted has none any more. */
  async of(workspace: string, campaignId: string, flowId: string): Promise<readonly SavedVersion[]> {
    const { campaign } = await this.campaigns.read(workspace, campaignId);
    if (!campaign.flows.some(({ flow }) => flow.id === flowId)) {
      throw new DomainError('flow_not_found', 'There is no such flow in this campaign', 'notFound');
    }
    const events = await readStream(this.store, streamName('campaign', campaignId));
    return events.flatMap((event) => versionOf(event, flowId)).toReversed();
  }

  async find(workspace: string, campaignId: string, flowId: string, version: number): Promise<SavedVersion> {
    const found = (await this.of(workspace, campaignId, flowId)).find((each) => each.version === version);
    if (found !== undefined) return found;
    throw new DomainError('flow_version_not_found', `The flow has no version ${version}`, 'notFound');
  }

  /** Saves an old version again, as the newest. */
  async restore(
    asking: Asking,
    campaignId: string,
    { flowId, version }: { readonly flowId: string; readonly version: number },
    seen: SeenState | undefined,
  ): Promise<CampaignNow> {
    const { flow } = await this.find(asking.caller.workspace, campaignId, flowId, version);
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const note = `Restored version ${version}`;
    const command = { type: 'SaveFlow', flow, note, restoredFrom: version, workspace, seen } as const;
    return this.campaigns.execute(asking, campaignId, command);
  }
}

function versionOf({ type, data, time, actor }: StoredEvent, flowId: string): readonly SavedVersion[] {
  if (type !== 'FlowSaved') return [];
  const { flow, version, note, restoredFrom } = data as contract.FlowSaved;
  return flow.id === flowId ? [{ version, flow, note, restoredFrom, savedAt: time, savedBy: actor }] : [];
}
