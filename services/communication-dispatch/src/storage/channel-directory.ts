import type { StateWrite } from '@poinciana/messaging';

/** Which workspace a channel belongs to, and what it is. */
export interface ChannelPlace {
  readonly channelId: string;
  readonly workspace: string;
  readonly type: string;
}

/** How often what happened on a channel, counted from its communications' events. */
export interface ChannelCounts {
  readonly accepted: number;
  readonly failed: number;
  readonly unknown: number;
  readonly delayed: number;
}

/** Channels by their id alone: a webhook says no more. Throws `TransientError` when the database is away. */
export abstract class ChannelDirectory<Transaction> {
  /** A channel never changes its workspace, nor its type. */
  abstract put(places: readonly ChannelPlace[]): StateWrite<Transaction>;
  abstract find(channelId: string): Promise<ChannelPlace | undefined>;
  /** Channels of these types, of all workspaces, by their ids: a page, behind the last of the one before. */
  abstract ofTypes(
    types: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<readonly ChannelPlace[]>;
  /** Adds to the counters, inside the transaction that moves the checkpoint, so that each event counts once. */
  abstract count(added: ReadonlyMap<string, ChannelCounts>): StateWrite<Transaction>;
  abstract countsOf(channelId: string): Promise<ChannelCounts>;
}

export const NO_COUNTS: ChannelCounts = { accepted: 0, failed: 0, unknown: 0, delayed: 0 };

export function sumOfCounts(one: ChannelCounts, other: ChannelCounts): ChannelCounts {
  return {
    accepted: one.accepted + other.accepted,
    failed: one.failed + other.failed,
    unknown: one.unknown + other.unknown,
    delayed: one.delayed + other.delayed,
  };
}
