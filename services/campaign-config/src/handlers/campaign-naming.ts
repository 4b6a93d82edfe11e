import { type EventStore, TransientError, fold, readStream, streamName } from '@poinciana/event-sourcing';
import type { Campaign, CampaignEvent } from '../domain/campaign.js';
import { campaign } from '../domain/campaign-decider.js';
import { foldedName, nameTaken } from '../domain/campaign-name.js';
import type { CampaignNames, NameReservation } from '../storage/campaign-names.js';

/** A rename that began this long ago has ended: every append is given up long before. */
const RENAME_ENDED_AFTER_MS = 60_000;
const RESERVE_ATTEMPTS_MAX = 5;

/** Whose a reservation is. */
interface Holder {
  readonly campaign: Campaign;
  /** The request that created it; absent as long as nobody did. */
  readonly createdBy: string | undefined;
}

/**
 * Reserves names of campaigns before the events that use them are appended, and frees them afterwards. A reservation whose
 * campaign does not bear the name is a trace of a process that died in between, and is handed on.
 */
export class CampaignNaming {
  constructor(
    private readonly names: CampaignNames,
    private readonly store: EventStore,
  ) {}

  /**
   * Reserves a name for a campaign that is to be created, and answers the id to create it with: the proposed one, that of a
   * reservation that never got its stream, or that of the campaign which this very request created before. Two who create the
   * same name then meet in one stream, where one of them wins.
   */
  async reserveForNew(workspace: string, name: string, proposedId: string, causation: string): Promise<string> {
    return this.reserve(
      workspace,
      name,
      proposedId,
      ({ campaign: held, createdBy }) => held.phase === 'none' || createdBy === causation,
    );
  }

  /** Reserves a name for a campaign that exists. */
  async reserveForExisting(workspace: string, name: string, campaignId: string): Promise<void> {
    await this.reserve(workspace, name, campaignId, () => false);
  }

  /** Whether a campaign could be created with the name now; another may take it before. */
  async isFree(workspace: string, name: string): Promise<boolean> {
    const folded = foldedName(name);
    const reservation = await this.names.find(workspace, folded);
    if (reservation === undefined) return true;
    const { campaign: held } = await this.holderOf(reservation);
    return held.phase === 'none' || isAbandoned(reservation, held, folded);
  }

  /** Frees every name of a campaign but the one it bears; all of them when it was deleted. */
  async settle(workspace: string, { phase, id, name }: Campaign): Promise<void> {
    await this.names.releaseOthers(workspace, id, phase === 'deleted' ? undefined : foldedName(name));
  }

  private async reserve(
    workspace: string,
    name: string,
    campaignId: string,
    mayAdopt: (holder: Holder) => boolean,
  ): Promise<string> {
    const folded = foldedName(name);
    for (let attempt = 1; attempt <= RESERVE_ATTEMPTS_MAX; attempt++) {
      const reservation = await this.names.reserve(workspace, folded, campaignId);
      if (reservation.campaignId === campaignId) return campaignId;
      const holder = await this.holderOf(reservation);
      if (mayAdopt(holder)) return reservation.campaignId;
      if (!isAbandoned(reservation, holder.campaign, folded)) throw nameTaken(name);
      await this.names.takeOver(workspace, folded, reservation.campaignId, campaignId);
    }
    throw new TransientError('The name is being reserved and freed by others all the time');
  }

  private async holderOf(reservation: NameReservation): Promise<Holder> {
    const events = await readStream(this.store, streamName('campaign', reservation.campaignId));
    return { campaign: fold(campaign, events as readonly CampaignEvent[]), createdBy: events[0]?.causation };
  }
}

/** A deleted campaign needs no name; one that bears another name may be in the middle of a rename, but not for long. */
function isAbandoned(reservation: NameReservation, holder: Campaign, folded: string): boolean {
  if (holder.phase === 'deleted') return true;
  const bearsIt = holder.phase === 'exists' && foldedName(holder.name) === folded;
  return !bearsIt && reservation.ageMs > RENAME_ENDED_AFTER_MS;
}
