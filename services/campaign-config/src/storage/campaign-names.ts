/** Who holds a name, and for how long already by the database's clock. */
export interface NameReservation {
  readonly campaignId: string;
  readonly ageMs: number;
}

/**
 * Names are unique outside of any stream, so a row reserves a name before the event is appended. A reservation may lack
 * its stream (the process died in between), never the reverse.
 */
export abstract class CampaignNames {
  /** Reserves a name for a campaign, or answers who holds it already. */
  abstract reserve(workspace: string, foldedName: string, campaignId: string): Promise<NameReservation>;
  /** Who holds a name, if anybody does. */
  abstract find(workspace: string, foldedName: string): Promise<NameReservation | undefined>;
  /** Hands a name over, if its holder is still the one named. Answers whether it was. */
  abstract takeOver(workspace: string, foldedName: string, from: string, to: string): Promise<boolean>;
  /** Frees every name of a campaign but the one it keeps. */
  abstract releaseOthers(workspace: string, campaignId: string, keptName: string | undefined): Promise<void>;
}
