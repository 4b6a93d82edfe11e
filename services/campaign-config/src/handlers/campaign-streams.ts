import {
  DomainError,
  type EventStore,
  type Position,
  type StoredEvent,
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
    const isNew = command.type === 'CreateCampaign' || command.type === 'ImportCampaign';
    if (!isNew) await this.readAny(asking.caller.workspace, campaignId);
    const result = await executeCommand(this.store, campaign, {
      stream: streamName('campaign', campaignId),
      command,
      context: contextOf(asking, this.clock, campaignId),
      commandId: asking.request.causation,
    });
    return { campaign: result.state, position: result.position };
  }

  /** What follows from an event, once for each `commandId`. A campaign that is gone follows nothing. */
  async executePolicy(
    cause: StoredEvent,
    campaignId: string,
    commandId: string,
    command: CampaignCommand,
  ): Promise<void> {
    const { campaign: found } = await this.readAny(cause.workspace, campaignId);
    if (found.phase !== 'exists') return;
    const context = {
      workspace: cause.workspace,
      key: campaignId,
      time: this.clock.now().toISOString(),
      causation: cause.id,
      correlation: cause.correlation,
      actor: 'service:campaign-config',
      hop: cause.hop,
    };
    await executeCommand(this.store, campaign, {
      stream: streamName('campaign', campaignId),
      command,
      context,
      commandId,
    });
  }

  /** A campaign, deleted or not, and where in the log it was started last; 0 when it never was. */
  async readRunning(
    workspace: string,
    campaignId: string,
  ): Promise<{ readonly campaign: Campaign; readonly startedAt: number }> {
    const { campaign: found, events } = await this.readAny(workspace, campaignId);
    const start = events.findLast(({ type }) => type === 'CampaignStarted');
    return { campaign: found, startedAt: start?.position.number ?? 0 };
  }

  /** Whether anything ever happened to a campaign, in whatever workspace. */
  async isKnown(campaignId: string): Promise<boolean> {
    const [last] = await this.store.readLast([streamName('campaign', campaignId)]);
    return last !== undefined;
  }

  private async readAny(
    workspace: string,
    campaignId: string,
  ): Promise<CampaignNow & { readonly events: readonly StoredEvent[] }> {
    const events = await readStream(this.store, streamName('campaign', campaignId));
    const last = events.at(-1);
    if (last === undefined || last.workspace !== workspace) throw campaignNotFound();
    return { campaign: fold(campaign, events as readonly CampaignEvent[]), position: last.position, events };
  }
}

function campaignNotFound(): DomainError {
  return new DomainError('campaign_not_found', 'There is no such campaign', 'notFound');
}
