import { DomainError } from '@poinciana/event-sourcing';
import type { ChannelCapacity } from '../limits/channel-capacity.js';
import type { ChannelCounts, ChannelDirectory } from '../storage/channel-directory.js';
import type { Inbox, InboxCounts } from '../storage/inbox.js';
import type { StoreWebhook } from './store-webhook.js';

/** How a channel does. */
export interface ChannelHealthReport {
  readonly sends: ChannelCounts;
  /** What providers told within the time that entries are kept. */
  readonly webhooks: InboxCounts & { readonly forged: number };
  /** What a limit keeps from going out just now, in this process. */
  readonly heldBack: { readonly count: number; readonly pauseMs: number };
}

export class ChannelHealth<Transaction> {
  constructor(
    private readonly directory: ChannelDirectory<Transaction>,
    private readonly inbox: Inbox,
    private readonly capacity: ChannelCapacity,
    private readonly webhooks: StoreWebhook<Transaction>,
  ) {}

  /** Throws `DomainError` `channel_not_found`, also for one of another workspace. */
  async report(workspace: string, channelId: string): Promise<ChannelHealthReport> {
    const place = await this.directory.find(channelId);
    if (place?.workspace !== workspace)
      throw new DomainError('channel_not_found', 'There is no such channel.', 'notFound');
    const [sends, told] = await Promise.all([this.directory.countsOf(channelId), this.inbox.counts(channelId)]);
    return {
      sends,
      webhooks: { ...told, forged: this.webhooks.forgedOf(channelId) },
      heldBack: this.capacity.heldBackOf(channelId),
    };
  }
}
