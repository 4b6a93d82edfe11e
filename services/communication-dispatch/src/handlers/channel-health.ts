import { DomainError, streamName, type EventStore } from '@poinciana/event-sourcing';
import { unknownOutcomeRule, type UnknownOutcomeRule } from '@poinciana/campaign-definition';
import type { channel as contract } from '@poinciana/contracts';
import type { Clock } from '@poinciana/service-kit';
import type { OpenChannel, ProviderTemplate } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { ChannelCapacity, ChannelLimits } from '../limits/channel-capacity.js';
import type { ChannelCounts, ChannelDirectory } from '../storage/channel-directory.js';
import type { Inbox, InboxCounts } from '../storage/inbox.js';
import type { FindChannel } from './find-channel.js';
import type { StoreWebhook } from './store-webhook.js';

/** Whether the provider takes messages, as the channel's stream has it. */
export type ChannelState =
  | { readonly state: 'healthy' }
  | { readonly state: 'failed'; readonly since: string; readonly code: string; readonly providerCode?: string };

/** A channel, and where its provider tells us things. */
export interface ChannelOverview {
  readonly channel: OpenChannel['channel'];
  readonly state: ChannelState;
  /** Below the address of the API; absent for channels whose news come otherwise. */
  readonly webhookPath: string | undefined;
}

/** How a channel does. */
export interface ChannelHealthReport {
  readonly state: ChannelState;
  readonly sends: ChannelCounts;
  /** What providers told within the time that entries are kept. */
  readonly webhooks: InboxCounts & { readonly forged: number };
  /** What is done about a send of which nobody learns whether it went out. */
  readonly unknownOutcomes: UnknownOutcomeRule;
  /** What a limit keeps from going out just now, in this process. */
  readonly heldBack: { readonly count: number; readonly pauseMs: number };
}

/** What a channel may send, and what a limit holds back. */
export interface ChannelLimitsReport {
  readonly limits: ChannelLimits | undefined;
  readonly heldBack: { readonly count: number; readonly until: string | undefined };
}

export interface HealthSources<Transaction> {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly find: FindChannel;
  readonly adapters: ChannelAdapters;
  readonly directory: ChannelDirectory<Transaction>;
  readonly inbox: Inbox;
  readonly capacity: ChannelCapacity;
  readonly webhooks: StoreWebhook<Transaction>;
}

/** What may be asked about channels. Every method throws `DomainError` `channel_not_found`, also for one of another workspace. */
export class ChannelHealth<Transaction> {
  constructor(private readonly sources: HealthSources<Transaction>) {}

  async all(workspace: string): Promise<readonly ChannelOverview[]> {
    const channels = (await this.sources.find.all(workspace)).map(({ channel }) => channel);
    const states = await this.statesOf(channels.map(({ id }) => id));
    return channels.map((channel, index) => ({
      channel,
      state: states[index] ?? HEALTHY,
      webhookPath: this.webhookPathOf(channel),
    }));
  }

  async one(workspace: string, channelId: string): Promise<OpenChannel['channel']> {
    return (await this.sources.find.find(workspace, channelId)).channel;
  }

  async report(workspace: string, channelId: string): Promise<ChannelHealthReport> {
    const { find, directory, inbox, webhooks, capacity } = this.sources;
    const { channel } = await find.find(workspace, channelId);
    const [sends, told, [state = HEALTHY]] = await Promise.all([
      directory.countsOf(channelId),
      inbox.counts(channelId),
      this.statesOf([channelId]),
    ]);
    const forged = webhooks.forgedOf(channelId);
    const unknownOutcomes = unknownOutcomeRule(channel.settings);
    const heldBack = capacity.heldBackOf(channelId);
    return { state, sends, webhooks: { ...told, forged }, unknownOutcomes, heldBack };
  }

  async limits(workspace: string, channelId: string): Promise<ChannelLimitsReport> {
    const { find, capacity, clock } = this.sources;
    const { channel } = await find.find(workspace, channelId);
    const { count, pauseMs } = capacity.heldBackOf(channelId);
    const until = pauseMs === 0 ? undefined : new Date(clock.now().getTime() + pauseMs).toISOString();
    return { limits: capacity.limitsOf(channel.type, channel.settings), heldBack: { count, until } };
  }

  /** Those that the provider approved. Throws `DomainError` `no_templates` where the provider has none or does not answer. */
  async templates(workspace: string, channelId: string): Promise<readonly ProviderTemplate[]> {
    const open = await this.sources.find.find(workspace, channelId);
    const templates = await this.sources.adapters.adapterOf(open.channel.type)?.templates(open);
    if (templates === undefined)
      throw new DomainError('no_templates', 'The provider of this channel has no templates, or did not answer.');
    return templates;
  }

  private webhookPathOf({ id, type }: OpenChannel['channel']): string | undefined {
    return type === 'email' ? undefined : `/api/dispatch/webhooks/${type}/${id}`;
  }

  private async statesOf(channelIds: readonly string[]): Promise<readonly ChannelState[]> {
    const lasts = await this.sources.store.readLast(channelIds.map((id) => streamName('channel', id)));
    return lasts.map((last) => {
      if (last?.type !== 'ChannelFailed') return HEALTHY;
      const { code, providerCode } = last.data as contract.ChannelFailed;
      return { state: 'failed', since: last.time, code, ...(providerCode === undefined ? {} : { providerCode }) };
    });
  }
}

const HEALTHY: ChannelState = { state: 'healthy' };
