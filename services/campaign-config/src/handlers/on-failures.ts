import type { campaign as contract } from '@poinciana/contracts';
import { type StoredEvent, categoryOf, derivedId } from '@poinciana/event-sourcing';
import type { CampaignStreams } from './campaign-streams.js';
import type { RunningCampaigns } from '../storage/running-campaigns.js';
import type { ChannelFailures } from './channel-failures.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** What can make a send possible or impossible. */
const CONCERNING: readonly string[] = [
  'AgentSaved',
  'AgentDeleted',
  'ChannelSaved',
  'ChannelDeleted',
  'ChannelFailed',
  'ChannelHealed',
];

/**
 * Looks at every running campaign that an event may concern. A campaign is remembered as running before it is looked at, so that
 * whichever of its Start and a failure of its channel is read last sees both.
 */
export class OnFailures {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
    private readonly running: RunningCampaigns,
    private readonly failures: ChannelFailures,
  ) {}

  async handle(events: readonly StoredEvent[]): Promise<void> {
    const started = await this.remember(events.filter(({ stream }) => categoryOf(stream) === 'campaign'));
    for (const event of started) await this.diagnose(event, event.key);
    for (const event of events.filter(({ type }) => CONCERNING.includes(type))) {
      for (const campaignId of await this.running.of(event.workspace)) await this.diagnose(event, campaignId);
    }
  }

  /** Answers the Starts. */
  private async remember(events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
    const last = new Map(events.map((event) => [event.key, event]));
    for (const [campaignId, { data, type, workspace }] of last) {
      const { campaign } = data as contract.CampaignStopped;
      const isRunning = type !== 'CampaignDeleted' && campaign.status !== 'Inactive';
      await (isRunning ? this.running.add(workspace, [campaignId]) : this.running.remove([campaignId]));
    }
    return [...last.values()].filter(({ type }) => type === 'CampaignStarted');
  }

  private async diagnose(event: StoredEvent, campaignId: string): Promise<void> {
    const { workspace } = await this.workspaces.read(event.workspace);
    const failedChannels = await this.failures.of(event.workspace, campaignId);
    await this.campaigns.executePolicy(event, campaignId, derivedId('diagnosis', event.id, campaignId), {
      type: 'DiagnoseCampaign',
      workspace,
      failedChannels,
    });
  }
}
