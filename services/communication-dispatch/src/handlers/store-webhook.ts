import type { KnownWorkspace } from '@poinciana/campaign-definition';
import type { Clock } from '@poinciana/service-kit';
import type { ChannelAdapter, OpenChannel, WebhookRequest } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { ChannelNotice } from '../channels/channel-notice.js';
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
  readonly report: (fault: { readonly what: string; readonly id: string }) => void;
}

interface KnownChannel {
  readonly workspace: string;
  /** All channels of the workspace: the provider may tell one of what is about another. */
  readonly definition: KnownWorkspace | undefined;
  readonly open: OpenChannel;
  readonly untilMs: number;
}

/** Verify over the raw bytes, store, answer: the work comes later, out of the inbox. */
export class StoreWebhook<Transaction> {
  private readonly known = new Map<string, KnownChannel>();
  private readonly forgedCounts = new Map<string, number>();
  /** Channels whose address was told of what is about no channel of theirs: reported once a process. */
  private readonly misdirected = new Set<string>();

  constructor(private readonly sources: WebhookSources<Transaction>) {}

  /** Throws `TransientError` when it could not be stored: the provider is to repeat it. */
  async store(channelType: string, channelId: string, request: WebhookRequest): Promise<WebhookAnswer> {
    const channel = await this.channelOf(channelType, channelId);
    const adapter = this.sources.channels.adapterOf(channelType);
    if (channel === undefined || adapter === undefined) return 'unknown_channel';
    if (!isAuthentic(adapter, channel.open, request)) {
      this.forgedCounts.set(channelId, this.forgedOf(channelId) + 1);
      return 'forged';
    }
    const notices = adapter.read(request, channel.open);
    if (notices === undefined) return 'unreadable';
    const receivedAt = this.sources.clock.now().toISOString();
    const { workspace } = channel;
    const entries = notices.flatMap((notice) => {
      const about = this.aboutWhom(channel, notice, request, adapter);
      return about === undefined ? [] : [inboxEntryOf(notice, { channelId: about, workspace, receivedAt })];
    });
    if (entries.length > 0) await this.sources.inbox.store(entries);
    if (entries.length < notices.length) this.reportMisdirected(channelId);
    return 'stored';
  }

  /** The channel that a notice is about: the one that was told, or another of its workspace that takes the request for authentic too. */
  private aboutWhom(
    { open, definition }: KnownChannel,
    notice: ChannelNotice,
    request: WebhookRequest,
    adapter: ChannelAdapter,
  ): string | undefined {
    if (adapter.isAbout(open, notice)) return open.channel.id;
    const others = Object.values(definition?.channels ?? {}).flatMap(({ id, type }) =>
      type === adapter.type ? (this.sources.channels.open(definition, id) ?? []) : [],
    );
    return others.find((other) => adapter.isAbout(other, notice) && isAuthentic(adapter, other, request))?.channel.id;
  }

  private reportMisdirected(channelId: string): void {
    if (this.misdirected.has(channelId)) return;
    this.misdirected.add(channelId);
    this.sources.report({ what: 'webhook about no channel of the workspace', id: channelId });
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
    const definition = (await this.sources.definitions.workspaces([workspace])).get(workspace);
    const open = this.sources.channels.open(definition, channelId);
    if (open === undefined) return undefined;
    if (this.known.size >= CHANNELS_KEPT_MAX) this.known.clear();
    const fresh = { workspace, definition, open, untilMs: performance.now() + CHANNEL_KEPT_MS };
    this.known.set(channelId, fresh);
    return ofType(fresh, channelType);
  }
}

/** With the secrets of now, or with those before them. */
function isAuthentic(adapter: ChannelAdapter, open: OpenChannel, request: WebhookRequest): boolean {
  const before = withPreviousSecrets(open);
  return adapter.isAuthentic(open, request) || (before !== undefined && adapter.isAuthentic(before, request));
}

function ofType(known: KnownChannel, channelType: string): KnownChannel | undefined {
  return known.open.channel.type === channelType ? known : undefined;
}
