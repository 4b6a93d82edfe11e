import type { channel as contract, workspace as workspaceContract } from '@poinciana/contracts';
import { type EventStore, readStream, streamName } from '@poinciana/event-sourcing';
import { type FailedChannels, channelsOf } from '../domain/campaign-errors.js';
import type { CampaignStreams } from './campaign-streams.js';

/**
 * Which channels of a campaign are broken. A failure counts until the channel heals or is saved anew, or the campaign is started
 * again: each of them is a new try.
 */
export class ChannelFailures {
  constructor(
    private readonly store: EventStore,
    private readonly campaigns: CampaignStreams,
  ) {}

  async of(workspace: string, campaignId: string): Promise<FailedChannels> {
    const { campaign, startedAt } = await this.campaigns.readRunning(workspace, campaignId);
    const channelIds = channelsOf(campaign);
    const last = await this.store.readLast(channelIds.map((id) => streamName('channel', id)));
    const failed = last.filter((event) => event?.type === 'ChannelFailed' && event.workspace === workspace);
    if (failed.length === 0) return {};
    const savedAt = await this.savedAt(workspace);
    const counting = failed.flatMap((event) => {
      if (event === undefined) return [];
      const { channelId, code } = event.data as contract.ChannelFailed;
      const triedAgainAt = Math.max(startedAt, savedAt.get(channelId) ?? 0);
      return event.position.number > triedAgainAt ? [[channelId, code] as const] : [];
    });
    return Object.fromEntries(counting);
  }

  /** Where in the log each channel was saved last. */
  private async savedAt(workspace: string): Promise<ReadonlyMap<string, number>> {
    const events = await readStream(this.store, streamName('workspace', workspace));
    const saved = events.filter(({ type }) => type === 'ChannelSaved');
    return new Map(
      saved.map(({ data, position }) => [(data as workspaceContract.ChannelSaved).channel.id, position.number]),
    );
  }
}
