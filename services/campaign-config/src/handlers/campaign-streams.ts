import {
  DomainError,
  type EventStore,
  type Position,
  executeCommand,
  fold,
  readStream,
  streamName,
} from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { type Campaign, type CampaignEvent } from '../domain/campaign.js';
import { campaign } from '../domain/campaign-decider.js';
import type { CampaignCommand } from '../domain/campaign-commands.js';
import { type Asking, contextOf } from './command-context.js';

/** A campaign as a request finds or leaves it. */
export interface CampaignNow {
  readonly campaign: Campaign;
  readonly position: Position;
}

/** The streams campaign-<id>, bound to the workspace of whoever asks. */
export class CampaignStreams {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Another workspace's campaign is no campaign, and a deleted one neither. */
  async read(workspace: string, campaignId: string): Promise<CampaignNow> {
    const found = await this.readAny(workspace, campaignId);
    if (found.campaign.phase !== 'exists') throw campaignNotFound();
    return found;
  }

  /**
   * Obeys a command of this workspace. Whether the campaign exists is for the decider: a deletion that is repeated has been
   * obeyed already, and is answered as the first time.
   */
  async execute(asking: Asking, campaignId: string, command: CampaignCommand): Promise<CampaignNow> {
    if (command.type !== 'CreateCampaign') await this.readAny(asking.caller.workspace, campaignId);
    const result = await executeCommand(this.store, campaign, {
      stream: streamName('campaign', campaignId),
      command,
      context: contextOf(asking, this.clock, campaignId),
      commandId: asking.request.causation,
    });
    return { campaign: result.state, position: result.position };
  }

  /** Whether anything ever happened to a campaign, in whatever workspace. */
  async isKnown(campaignId: string): Promise<boolean> {
    const [last] = await this.store.readLast([streamName('campaign', campaignId)]);
    return last !== undefined;
  }

  private async readAny(workspace: string, campaignId: string): Promise<CampaignNow> {
    const events = await readStream(this.store, streamName('campaign', campaignId));
    const last = events.at(-1);
    if (last === undefined || last.workspace !== workspace) throw campaignNotFound();
    return { campaign: fold(campaign, events as readonly CampaignEvent[]), position: last.position };
  }
}

function campaignNotFound(): DomainError {
  return new DomainError('campaign_not_found', 'There is no such campaign', 'notFound');
}
