import { DomainError } from '@poinciana/event-sourcing';
import type { OpenChannel } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { KnownDefinitions } from './known-definitions.js';

/** The channels of a workspace, as its stream has them now. */
export class FindChannel {
  constructor(
    private readonly definitions: KnownDefinitions,
    private readonly channels: ChannelAdapters,
  ) {}

  /** Throws `DomainError` `channel_not_found`, also for one of another workspace. */
  async find(workspace: string, channelId: string): Promise<OpenChannel> {
    const known = (await this.definitions.workspaces([workspace])).get(workspace);
    const open = this.channels.open(known, channelId);
    if (open === undefined) throw new DomainError('channel_not_found', 'There is no such channel.', 'notFound');
    return open;
  }

  async all(workspace: string): Promise<readonly OpenChannel[]> {
    const known = (await this.definitions.workspaces([workspace])).get(workspace);
    return Object.keys(known?.channels ?? {}).flatMap((id) => this.channels.open(known, id) ?? []);
  }
}
