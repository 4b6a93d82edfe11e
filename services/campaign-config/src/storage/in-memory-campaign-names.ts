import { CampaignNames, type NameReservation } from './campaign-names.js';

interface Row {
  readonly workspace: string;
  readonly foldedName: string;
  readonly campaignId: string;
  readonly reservedAtMs: number;
}

/** The twin for tests; `nowMs` stands for the database's clock. */
export class InMemoryCampaignNames extends CampaignNames {
  private rows: readonly Row[] = [];

  constructor(private readonly nowMs: () => number = () => 0) {
    super();
  }

  override async reserve(workspace: string, foldedName: string, campaignId: string): Promise<NameReservation> {
    const held = this.reservation(workspace, foldedName);
    if (held) return held;
    this.rows = [...this.rows, { workspace, foldedName, campaignId, reservedAtMs: this.nowMs() }];
    return { campaignId, ageMs: 0 };
  }

  override async find(workspace: string, foldedName: string): Promise<NameReservation | undefined> {
    return this.reservation(workspace, foldedName);
  }

  override async takeOver(workspace: string, foldedName: string, from: string, to: string): Promise<boolean> {
    const held = this.holder(workspace, foldedName);
    if (held?.campaignId !== from) return false;
    const taken = { ...held, campaignId: to, reservedAtMs: this.nowMs() };
    this.rows = this.rows.map((row) => (row === held ? taken : row));
    return true;
  }

  override async releaseOthers(workspace: string, campaignId: string, keptName: string | undefined): Promise<void> {
    this.rows = this.rows.filter(
      (row) => row.workspace !== workspace || row.campaignId !== campaignId || row.foldedName === keptName,
    );
  }

  private reservation(workspace: string, foldedName: string): NameReservation | undefined {
    const held = this.holder(workspace, foldedName);
    return held && { campaignId: held.campaignId, ageMs: this.nowMs() - held.reservedAtMs };
  }

  private holder(workspace: string, foldedName: string): Row | undefined {
    return this.rows.find((row) => row.workspace === workspace && row.foldedName === foldedName);
  }
}
