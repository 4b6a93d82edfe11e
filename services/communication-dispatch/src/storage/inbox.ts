/** Entries of one claim, at most. */
export const INBOX_CLAIM_MAX = 1_000;
/** A provider repeats for up to 7 days; what was handled is remembered a day longer, without its content. */
export const INBOX_KEPT_DAYS = 8;

/** Something that a provider told, as it is kept until it is handled. */
export interface InboxEntry {
  readonly channelId: string;
  readonly workspace: string;
  /** `status:<message id>:<status>`, `message:<message id>`: the same thing told again has the same key. */
  readonly dedupeKey: string;
  /** What was told, as the channel's adapter wrote it; JSON. Forgotten once it is handled. */
  readonly content: string;
  /** By the Clock port, ISO 8601 in UTC. */
  readonly receivedAt: string;
}

/**
 * Whose message it is: decided once, before anything is appended, so that a repetition does not decide otherwise. An inbound
 * one belongs to the session of its address with this number, or, where that is closed, to the next open one.
 */
export type Route =
  | { readonly to: 'communication'; readonly communicationId: string }
  | { readonly to: 'inbound'; readonly number: number };

/** How the keys of statuses begin. */
export const STATUS_KEY = 'status:';

export interface ClaimedEntry extends InboxEntry {
  /** Ascending in the order of arrival. */
  readonly number: number;
  readonly fence: number;
  readonly route: Route | undefined;
  /** How often it could not be worked off for a reason of its own. */
  readonly failures: number;
}

export type WaitingEntry = Pick<ClaimedEntry, 'number' | 'channelId' | 'content'>;

/** How an entry was handled: what it did, or why it did nothing. */
export type InboxOutcome = 'applied' | 'unknown_message' | 'unreadable' | 'erased';

export interface InboxCounts {
  /** Told for the first time. */
  readonly received: number;
  /** Told again, and dropped. */
  readonly repeated: number;
  readonly waiting: number;
  readonly unknown: number;
}

/** Where the message of an entry belongs. */
export interface RoutedEntry {
  readonly number: number;
  readonly route: Route;
}

/**
 * What providers told and nobody has handled yet. Storing comes before the answer to the provider, handling after it. All
 * methods throw `TransientError` when the database is away.
 */
export abstract class Inbox {
  /** Stores what is new and counts what is not. Within one call, too, a key counts once. */
  abstract store(entries: readonly InboxEntry[]): Promise<void>;
  /** Entries that wait, in the order of arrival. */
  abstract claim(limit: number, leaseMs: number): Promise<readonly ClaimedEntry[]>;
  /** Answers the routes that stand: one that was decided before stays, whoever decides again. */
  abstract route(routes: readonly RoutedEntry[]): Promise<readonly RoutedEntry[]>;
  /** Marks entries as handled and forgets what they said. */
  abstract finish(outcomes: readonly { readonly number: number; readonly outcome: InboxOutcome }[]): Promise<void>;
  /** Gives claims back, to be claimed again after a while. */
  abstract postpone(
    entries: readonly { readonly number: number; readonly fence: number }[],
    waitMs: number,
  ): Promise<void>;
  /** The same for entries that failed by themselves, and counts it. */
  abstract setBack(
    entries: readonly { readonly number: number; readonly fence: number }[],
    waitMs: number,
  ): Promise<void>;
  /** Entries of the workspace that nobody has handled, with greater numbers than `after`, ascending. */
  abstract waiting(workspace: string, after: number, limit: number): Promise<readonly WaitingEntry[]>;
  /** Forgets handled entries older than `INBOX_KEPT_DAYS` by the database's clock, at most `limit`; answers how many. */
  abstract forgetOld(limit: number): Promise<number>;
  /** Those of the channels with statuses that nobody has handled. Messages do not count: they may wait for an outcome themselves. */
  abstract channelsWithStatuses(channelIds: readonly string[]): Promise<ReadonlySet<string>>;
  abstract counts(channelId: string): Promise<InboxCounts>;
}
