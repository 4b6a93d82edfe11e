import type { StateWrite } from '@poinciana/messaging';
import type { TimerKind } from '../domain/timer.js';
import type { OpenCommunication, TimerChange } from './open-communication.js';

/** Timers of one claim, at most. */
export const CLAIM_MAX = 1_000;
/** Ids of one look-up, at most. */
export const LOOKUP_MAX = 10_000;

export interface ClaimRequest {
  /** By the Clock port: what is due then. */
  readonly now: string;
  readonly limit: number;
  /** By the database's clock: how long nobody else may claim the same. */
  readonly leaseMs: number;
  /** Channels that can take nothing more just now: their sends stay where they are. */
  readonly busyChannels: readonly string[];
}

/** The right to work on one due communication, until the lease is over. */
export interface ClaimedTimer {
  readonly communicationId: string;
  readonly workspace: string;
  readonly campaignId: string;
  readonly channelId: string;
  readonly kind: TimerKind;
  /** Counts the claims of this communication: no two claims share a number. */
  readonly fence: number;
}

/** Which claim of which communication. */
export type Claim = Pick<ClaimedTimer, 'communicationId' | 'fence'>;

/** A claim that is given back untouched. */
export interface Release extends Claim {
  /** By the database's clock: how long nobody shall claim it. */
  readonly waitMs: number;
}

/** What dispatch must know of a campaign to claim fairly and to hold what is stopped. */
export interface CampaignState {
  readonly campaignId: string;
  readonly workspace: string;
  /** Anything but Active: sends wait, nothing is skipped (A9). What was claimed when it began is looked at once its lease is over. */
  readonly held: boolean;
  /** Deleted: everything open is due at once, to be canceled (A53). */
  readonly deleted: boolean;
  /** Of the campaign's stream: an older state never overwrites a newer one. */
  readonly revision: number;
}

/**
 * The one timer table: a row for each open communication with the one instant it waits for. Rows are hints, the streams
 * are the truth: a row that is lost or late costs time, never a second message. All methods throw `TransientError` when the
 * database is away.
 */
export abstract class Timers<Transaction> {
  /** Writes rows inside a consumer's transaction. Repeating it changes nothing. */
  abstract put(changes: readonly TimerChange[]): StateWrite<Transaction>;
  /** Writes rows at once, and thereby gives up the claims on them. */
  abstract write(changes: readonly TimerChange[]): Promise<void>;
  abstract putCampaigns(campaigns: readonly CampaignState[]): StateWrite<Transaction>;
  abstract writeCampaigns(campaigns: readonly CampaignState[]): Promise<void>;
  /**
   * Claims what is due, the campaigns and channels with due work in equal shares, the longest due first in each. What
   * another holds is passed over, not waited for.
   */
  abstract claim(request: ClaimRequest): Promise<readonly ClaimedTimer[]>;
  /** Lets claims last longer from now on; answers those that are still the caller's. */
  abstract renew(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>>;
  /** Gives claims back. One that another has claimed since stays as it is. */
  abstract release(releases: readonly Release[]): Promise<void>;
  /** The earliest instant, by the Clock port, at which anything not held is due; past ones included. */
  abstract nextDueAt(): Promise<string | undefined>;
  abstract openOfParticipants(participantIds: readonly string[]): Promise<readonly OpenTimer[]>;
  /** All open communications with these addresses. */
  abstract openAtAddresses(addressKeys: readonly string[]): Promise<readonly OpenTimer[]>;
  abstract openWithMessages(channelId: string, providerMessageIds: readonly string[]): Promise<readonly OpenTimer[]>;
}

/** A row of the table. */
export interface OpenTimer extends OpenCommunication {
  /** Claimed by somebody, who may be sending it at this moment. */
  readonly isClaimed: boolean;
}
