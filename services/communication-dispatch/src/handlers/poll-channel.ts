import type { Clock } from '@poinciana/service-kit';
import type { OpenChannel } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { ChannelDirectory, ChannelPlace } from '../storage/channel-directory.js';
import type { Inbox } from '../storage/inbox.js';
import { inboxEntryOf } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';

/** Channels that are looked at together. */
const PAGE = 500;

/** What a poll brought; `over` when the channel is not to be polled any more. */
export type PollOutcome =
  'over' | { readonly stored: number; readonly cursor: string | undefined; readonly failed?: string };

/** Asks a provider for its news, and stores them before the next poll confirms them. */
export class PollChannel<Transaction> {
  constructor(
    private readonly sources: {
      readonly clock: Clock;
      readonly directory: ChannelDirectory<Transaction>;
      readonly definitions: KnownDefinitions;
      readonly channels: ChannelAdapters;
      readonly inbox: Inbox;
    },
  ) {}

  /** The ids of the channels that are to be asked. */
  async polledChannels(): Promise<readonly string[]> {
    const { directory, channels } = this.sources;
    const polled: string[] = [];
    let places: readonly ChannelPlace[] = [];
    do {
      places = await directory.ofTypes(channels.pollingTypes, places.at(-1)?.channelId, PAGE);
      const open = await Promise.all(places.map((place) => this.open(place)));
      polled.push(...open.flatMap((each) => each?.channel.id ?? []));
    } while (places.length === PAGE);
    return polled;
  }

  /** Throws `TransientError` when the news could not be stored: the next poll with the same cursor brings them again. */
  async poll(channelId: string, cursor: string | undefined, signal: AbortSignal): Promise<PollOutcome> {
    const place = await this.sources.directory.find(channelId);
    const open = place && (await this.open(place));
    const adapter = open && this.sources.channels.adapterOf(open.channel.type);
    if (place === undefined || open === undefined || adapter === undefined) return 'over';
    const polled = await adapter.poll(open, cursor, signal);
    if ('failed' in polled) return { stored: 0, cursor, failed: polled.failed };
    const receivedAt = this.sources.clock.now().toISOString();
    const { workspace } = place;
    const entries = polled.notices.map((notice) => inboxEntryOf(notice, { channelId, workspace, receivedAt }));
    if (entries.length > 0) await this.sources.inbox.store(entries);
    return { stored: entries.length, cursor: polled.cursor };
  }

  /** The channel if it runs and is polled. */
  private async open({ channelId, workspace }: ChannelPlace): Promise<OpenChannel | undefined> {
    const { definitions, channels } = this.sources;
    const open = channels.open((await definitions.workspaces([workspace])).get(workspace), channelId);
    if (open === undefined || !open.channel.running) return undefined;
    return channels.adapterOf(open.channel.type)?.polls(open) === true ? open : undefined;
  }
}
