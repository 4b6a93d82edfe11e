import type { Cuts } from '@poinciana/event-sourcing';
import type { InMemoryTransaction, StateWrite } from '@poinciana/messaging';
import { isHeldByStop } from '../domain/timer.js';
import type { OpenCommunication, TimerChange } from './open-communication.js';
import {
  Timers,
  type CampaignState,
  type Claim,
  type ClaimedTimer,
  type ClaimRequest,
  type OpenTimer,
  type Release,
} from './timers.js';

interface Row extends OpenCommunication {
  readonly revision: number;
  readonly fence: number;
  readonly leaseUntilMs: number;
  readonly waitUntilMs: number;
  /** Held while its campaign is stopped. */
  readonly sending: boolean;
}

/** Before every lease. */
const UNCLAIMED = { leaseUntilMs: -Infinity };

/** The twin. `databaseNow` stands for the database's clock, in milliseconds; `cuts` end writes before and after they happen. */
export class InMemoryTimers extends Timers<InMemoryTransaction> {
  private readonly rows = new Map<string, Row>();
  private readonly campaigns = new Map<string, CampaignState>();

  constructor(
    private readonly databaseNow: () => number = () => performance.now(),
    private readonly cuts?: Cuts,
  ) {
    super();
  }

  override put(changes: readonly TimerChange[]): StateWrite<InMemoryTransaction> {
    return async (transaction) => {
      this.cuts?.pass('before timers are put');
      transaction.change(() => changes.forEach((change) => this.apply(change)));
    };
  }

  override async write(changes: readonly TimerChange[]): Promise<void> {
    this.cuts?.pass('before timers are written');
    changes.forEach((change) => this.apply(change));
    this.cuts?.pass('after timers are written');
  }

  override putCampaigns(campaigns: readonly CampaignState[]): StateWrite<InMemoryTransaction> {
    return async (transaction) =>
      transaction.change(() => campaigns.forEach((campaign) => this.applyCampaign(campaign)));
  }

  override async writeCampaigns(campaigns: readonly CampaignState[]): Promise<void> {
    campaigns.forEach((campaign) => this.applyCampaign(campaign));
  }

  override async claim(request: ClaimRequest): Promise<readonly ClaimedTimer[]> {
    this.cuts?.pass('before a claim');
    const due = [...this.rows.values()].filter((row) => this.isClaimable(row, request)).sort(byDueInstant);
    const lanes = new Map<string, Row[]>();
    for (const row of due) lanes.set(laneOf(row), [...(lanes.get(laneOf(row)) ?? []), row]);
    const owners = [...lanes.values()].map((lane) => lane[0]?.workspace);
    const shareOf = (owner: string | undefined): number =>
      request.limit / new Set(owners).size / owners.filter((each) => each === owner).length;
    const picked = [...lanes.values()]
      .flatMap((lane) => lane.slice(0, Math.max(1, Math.ceil(shareOf(lane[0]?.workspace)))))
      .slice(0, request.limit);
    const claimed = picked.map((row) => ({
      ...row,
      fence: row.fence + 1,
      leaseUntilMs: this.databaseNow() + request.leaseMs,
    }));
    for (const row of claimed) this.rows.set(row.communicationId, row);
    this.cuts?.pass('after a claim');
    return claimed.map(({ communicationId, workspace, campaignId, channelId, timer, fence }) => ({
      communicationId,
      workspace,
      campaignId,
      channelId,
      kind: timer.kind,
      fence,
    }));
  }

  override async renew(claims: readonly Claim[], leaseMs: number): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    for (const { communicationId, fence } of claims) {
      const row = this.rows.get(communicationId);
      if (row?.fence !== fence) continue;
      this.rows.set(communicationId, { ...row, leaseUntilMs: this.databaseNow() + leaseMs });
      held.add(communicationId);
    }
    return held;
  }

  override async release(releases: readonly Release[]): Promise<void> {
    for (const { communicationId, fence, waitMs } of releases) {
      const row = this.rows.get(communicationId);
      if (row?.fence !== fence) continue;
      const sending = isHeldByStop(row.timer.kind);
      this.rows.set(communicationId, { ...row, sending, ...UNCLAIMED, waitUntilMs: this.databaseNow() + waitMs });
    }
  }

  override async nextDueAt(): Promise<string | undefined> {
    const open = [...this.rows.values()].filter((row) => !this.isHeld(row));
    return open.map(({ timer }) => timer.dueAt).sort()[0];
  }

  override openOfParticipants(participantIds: readonly string[]): Promise<readonly OpenTimer[]> {
    return this.find(({ participantId }) => participantIds.includes(participantId));
  }

  override openAtAddresses(addressKeys: readonly string[]): Promise<readonly OpenTimer[]> {
    return this.find(({ addressKey }) => addressKeys.includes(addressKey));
  }

  override openWithMessages(channelId: string, providerMessageIds: readonly string[]): Promise<readonly OpenTimer[]> {
    return this.find((row) => row.channelId === channelId && providerMessageIds.includes(row.providerMessageId ?? ''));
  }

  private async find(fits: (row: Row) => boolean): Promise<readonly OpenTimer[]> {
    return [...this.rows.values()]
      .filter(fits)
      .map(({ revision: _, fence: __, leaseUntilMs, waitUntilMs: ___, sending: ____, ...open }) => ({
        ...open,
        isClaimed: leaseUntilMs > this.databaseNow(),
      }));
  }

  private apply({ communicationId, revision, open }: TimerChange): void {
    const row = this.rows.get(communicationId);
    if (row !== undefined && row.revision > revision) return;
    if (open === undefined) this.rows.delete(communicationId);
    else {
      const sending = isHeldByStop(open.timer.kind);
      this.rows.set(communicationId, {
        ...open,
        revision,
        fence: row?.fence ?? 0,
        sending,
        ...UNCLAIMED,
        waitUntilMs: 0,
      });
    }
  }

  private applyCampaign(campaign: CampaignState): void {
    const known = this.campaigns.get(campaign.campaignId);
    if (known !== undefined && known.revision > campaign.revision) return;
    this.campaigns.set(campaign.campaignId, campaign);
    if (campaign.held && known?.held === false) this.lookAtClaimed(campaign.campaignId);
  }

  /** What is claimed when its campaign stops may be on its way: unless it is given back, it is looked at though the campaign is held. */
  private lookAtClaimed(campaignId: string): void {
    for (const row of this.rows.values())
      if (row.campaignId === campaignId && row.leaseUntilMs !== UNCLAIMED.leaseUntilMs)
        this.rows.set(row.communicationId, { ...row, sending: false });
  }

  private isClaimable(row: Row, { now, busyChannels }: ClaimRequest): boolean {
    const isFree = row.leaseUntilMs <= this.databaseNow() && row.waitUntilMs <= this.databaseNow();
    if (!isFree) return false;
    if (this.campaigns.get(row.campaignId)?.deleted === true) return true;
    if (row.timer.dueAt > now || this.isHeld(row)) return false;
    return !(row.sending && busyChannels.includes(row.channelId));
  }

  /** A campaign nobody has told us of yet is held: its state stands in the log before its plans do. */
  private isHeld(row: Row): boolean {
    const campaign = this.campaigns.get(row.campaignId);
    return row.sending && campaign?.held !== false;
  }
}

function laneOf({ campaignId, channelId, sending }: Row): string {
  return `${campaignId} ${channelId} ${sending}`;
}

function byDueInstant(one: Row, other: Row): number {
  return one.timer.dueAt < other.timer.dueAt ? -1 : one.timer.dueAt > other.timer.dueAt ? 1 : 0;
}
