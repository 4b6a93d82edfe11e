import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import {
  ChannelDirectory,
  NO_COUNTS,
  sumOfCounts,
  type ChannelCounts,
  type ChannelPlace,
} from './channel-directory.js';

/** The twin. */
export class InMemoryChannelDirectory extends ChannelDirectory<InMemoryTransaction> {
  private readonly places = new Map<string, ChannelPlace>();
  private readonly counts = new Map<string, ChannelCounts>();

  override put(places: readonly ChannelPlace[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => places.forEach((place) => this.places.set(place.channelId, place)));
  }

  override async find(channelId: string): Promise<ChannelPlace | undefined> {
    return this.places.get(channelId);
  }

  override async ofTypes(
    types: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<readonly ChannelPlace[]> {
    return [...this.places.values()]
      .filter(({ type, channelId }) => types.includes(type) && channelId > (after ?? ''))
      .sort((one, other) => (one.channelId < other.channelId ? -1 : 1))
      .slice(0, limit);
  }

  override count(added: ReadonlyMap<string, ChannelCounts>): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => {
        for (const [id, counts] of added) this.counts.set(id, sumOfCounts(this.counts.get(id) ?? NO_COUNTS, counts));
      });
  }

  override async countsOf(channelId: string): Promise<ChannelCounts> {
    return this.counts.get(channelId) ?? NO_COUNTS;
  }
}
