import type { CampaignStreams } from './campaign-streams.js';
import type { Pauses } from '../storage/pauses.js';

/** What Stop would do now. */
export interface StopPreview {
  readonly status: string;
  /** Communications that wait to be sent and would be held until the next Start; none when the campaign does not run. */
  readonly communicationsHeld: number;
}

/** Asks what Stop would do, and stops nothing. */
export class PreviewStop {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly pauses: Pick<Pauses<unknown>, 'planned'>,
  ) {}

  async execute(workspace: string, campaignId: string): Promise<StopPreview> {
    const { campaign } = await this.campaigns.read(workspace, campaignId);
    const { status } = campaign;
    const communicationsHeld = status === 'Inactive' ? 0 : await this.pauses.planned(workspace, campaignId);
    return { status, communicationsHeld };
  }
}
