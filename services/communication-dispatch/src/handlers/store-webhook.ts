import type { Clock } from '@poinciana/service-kit';
import type { OpenChannel, WebhookRequest } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import { withPreviousSecrets } from '../channels/previous-secrets.js';
import type { ChannelDirectory } from '../storage/channel-directory.js';
import type { Inbox } from '../storage/inbox.js';
import { inboxEntryOf } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';

/** How long a channel's settings are taken as they were, so that a webhook costs one write and no read. */
const CHANNEL_KEPT_MS = 1_000;
const CHANNELS_KEPT_MAX = 1_000;

/** What is answered to a provider. */
export type WebhookAnswer = 'stored' | 'forged' | 'unreadable' | 'unknown_channel';

export interface WebhookSources<Transaction> {
  readonly clock: Clock;
  readonly directory: ChannelDirectory<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly channels: ChannelAdapters;
  readonly inbox: Inbox;
}

interface KnownChannel {
  readonly workspace: string;
  readonly open: OpenChannel;
  readonly untilMs: number;
}

/** Verify over the raw bytes, store, answer: the work comes later, out of the inbox. */
export class StoreWebhook<Transaction> {
  private readonly known = new Map<string, KnownChannel>();
  private readonly forgedCounts = new Map<string, number>();

  constructor(private readonly sources: WebhookSources<Transaction>) {}

  /** Throws `TransientError` when it could not be stored: the provider is to repeat it. */
  async store(channelType: string, channelId: string, request: WebhookRequest): Promise<WebhookAnswer> {
    const channel = await this.channelOf(channelType, channelId);
    const adapter = this.sources.channels.adapterOf(channelType);
    if (channel === undefined || adapter === undefined) return 'unknown_channel';
    const before = withPreviousSecrets(channel.open);
    const isAuthentic =
      adapter.isAuthentic(channel.open, request) || (before !== undefined && adapter.isAuthentic(before, request));
    if (!isAuthentic) {
      this.forgedCounts.set(channelId, this.forgedOf(channelId) + 1);
      return 'forged';
    }
    const notices = adapter.read(request, channel.open);
    if (notices === undefined) return 'unreadable';
    const receivedAt = this.sources.clock.now().toISOString();
    if (notices.length > 0) {
      await this.sources.inbox.store(
        notices.map((notice) => inboxEntryOf(notice, { channelId, workspace: channel.workspace, receivedAt })),
      );
    }
    return 'stored';
  }

  /** The answer to a provider's check of our address; `undefined` refuses it. */
  async verify(
    channelType: string,
    channelId: string,
    query: Readonly<Record<string, string | undefined>>,
  ): Promise<string | undefined> {
    const channel = await this.channelOf(channelType, channelId);
    return channel && this.sources.channels.adapterOf(channelType)?.verify(channel.open, query);
  }

  /** Requests with a wrong signature since this process began. */
  forgedOf(channelId: string): number {
    return this.forgedCounts.get(channelId) ?? 0;
  }

  private async channelOf(channelType: string, channelId: string): Promise<KnownChannel | undefined> {
    const known = this.known.get(channelId);
    if (known !== undefined && known.untilMs > performance.now()) return ofType(known, channelType);
    const place = await this.sources.directory.find(channelId);
    if (place === undefined) return undefined;
    const { workspace } = place;
    const workspaces = await this.sources.definitions.workspaces([workspace]);
    const open = this.sources.channels.open(workspaces.get(workspace), channelId);
    if (open === undefined) return undefined;
    if (this.known.size >= CHANNELS_KEPT_MAX) this.known.clear();
    const fresh = { workspace, open, untilMs: performance.now() + CHANNEL_KEPT_MS };
    this.known.set(channelId, fresh);
    return ofType(fresh, channelType);
  }
}

function ofType(known: KnownChannel, channelType: string): KnownChannel | undefined {
  return known.open.channel.type === channelType ? known : undefined;
}
