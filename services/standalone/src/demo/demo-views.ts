import type { DemoApi } from './demo-api.js';

/** What the demo reads of the numbers of its campaign. */
export interface CampaignNumbers {
  readonly participants: number;
  readonly communications: {
    readonly total: number;
    readonly statuses: Readonly<Record<string, number>>;
    readonly names: readonly { readonly name: string; readonly statuses: Readonly<Record<string, number>> }[];
  };
  readonly runs: {
    readonly flows: readonly {
      readonly trigger: string;
      readonly paths: readonly { readonly title: string; readonly people: number }[];
    }[];
  };
  readonly reasons: readonly {
    readonly code: string;
    readonly status: string | null;
    readonly count: number;
    readonly sentence: string;
  }[];
}

export interface UploadCounters {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

const OPEN = ['Planned', 'Started', 'Delivered', 'Read', 'Replied'];

/** What the demo reads of its campaign. */
export class DemoViews {
  constructor(
    private readonly api: DemoApi,
    private readonly campaignId: string,
  ) {}

  async uploads(): Promise<readonly UploadCounters[]> {
    const { items } = await this.api.json<{ readonly items: readonly UploadCounters[] }>(
      `/api/ingest/campaigns/${this.campaignId}/uploads`,
    );
    return items;
  }

  numbers(): Promise<CampaignNumbers> {
    return this.api.json<CampaignNumbers>(`/api/views/campaigns/${this.campaignId}/counters`);
  }
}

/** How many communications have not reached a final status. */
export function openCommunications({ communications }: CampaignNumbers): number {
  return OPEN.reduce((sum, status) => sum + (communications.statuses[status] ?? 0), 0);
}

/** How many communications are past being planned. */
export function begunCommunications({ communications }: CampaignNumbers): number {
  return communications.total - (communications.statuses['Planned'] ?? 0);
}
