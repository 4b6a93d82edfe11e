import type { Problem } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { startCampaign } from '../domain/campaign-running.js';
import type { Campaign } from '../domain/campaign.js';
import { flowProblems } from '../domain/flow-problems.js';
import { NOTHING_WAITS, type PauseCounts, type Pauses } from '../storage/pauses.js';
import type { CampaignStreams } from './campaign-streams.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** The active flows as Start would find them. */
export interface FlowToStart {
  readonly flowId: string;
  readonly name: string;
  readonly version: number;
  readonly problems: readonly Problem[];
}

/** What Start would say now. */
export interface StartPreview {
  readonly refusal: { readonly code: string; readonly detail: string } | undefined;
  readonly status: string;
  readonly error: contract.CampaignError | undefined;
  readonly flows: readonly FlowToStart[];
  /** What its questions are about, as far as the log was read. */
  readonly pause: PauseCounts;
}

/** Asks Start what it would say, by its own rules, and starts nothing. */
export class PreviewStart {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
    private readonly pauses: Pick<Pauses<unknown>, 'counts'>,
    private readonly clock: Clock,
  ) {}

  async execute(workspaceId: string, campaignId: string): Promise<StartPreview> {
    const { campaign } = await this.campaigns.read(workspaceId, campaignId);
    const { workspace } = await this.workspaces.read(workspaceId);
    const command = { type: 'StartCampaign', pauseAnswer: 'run', overdueAnswer: 'skip', workspace } as const;
    const flows = campaign.flows
      .filter(({ active }) => active)
      .map(({ flow, version }) => {
        const problems = flowProblems(flow, campaign, workspace);
        return { flowId: flow.id, name: flow.name, version, problems };
      });
    const { status, error } = campaign;
    const pause = await this.pauseOf(workspaceId, campaign);
    return { refusal: refusalOf(() => startCampaign(command, campaign)), status, error, flows, pause };
  }

  private async pauseOf(workspace: string, { id, status, generation }: Campaign): Promise<PauseCounts> {
    if (status === 'Active') return NOTHING_WAITS;
    return this.pauses.counts({ workspace, campaignId: id, generation, now: this.clock.now().toISOString() });
  }
}

function refusalOf(start: () => unknown): StartPreview['refusal'] {
  try {
    start();
    return undefined;
  } catch (refused) {
    if (refused instanceof DomainError) return { code: refused.code, detail: refused.message };
    throw refused;
  }
}
