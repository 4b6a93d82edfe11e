import type { campaign as contract } from '@poinciana/contracts';
import { type EventStore, TransientError } from '@poinciana/event-sourcing';
import type { DefineFields } from '../domain/campaign-commands.js';
import { campaign as decider } from '../domain/campaign-decider.js';
import { profileFields } from '../domain/field-guards.js';
import type { SeenState } from '../domain/seen-state.js';
import type { HeldFields } from '../storage/held-fields.js';
import { type ProgressSource, waitForPosition } from '@poinciana/service-kit';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** The consumer group that learns which fields hold values. */
export const HELD_FIELDS_GROUP = 'campaign-config.held-fields';

/**
 * Defines the fields of a campaign. A customer profile field that is new in the workspace is defined there first, so that two
 * campaigns never give it two types (A73); nothing is defined for a list that the campaign would refuse.
 */
export class DefineFieldsHandler {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
    private readonly heldFields: Pick<HeldFields<unknown>, 'of'>,
    private readonly store: Pick<EventStore, 'head'>,
    private readonly progress: ProgressSource,
  ) {}

  async execute(
    asking: Asking,
    campaignId: string,
    fields: readonly contract.Field[],
    seen: SeenState | undefined,
  ): Promise<CampaignNow> {
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const held = await this.held(asking.caller.workspace, campaignId);
    const command = { type: 'DefineFields', fields, workspace, held, seen } as const;
    const known = new Set(workspace.profileFields.map(({ name }) => name));
    if (profileFields(fields).some(({ name }) => !known.has(name)))
      await this.defineInProfile(asking, campaignId, command);
    return this.campaigns.execute(asking, campaignId, command);
  }

  private async defineInProfile(asking: Asking, campaignId: string, command: DefineFields): Promise<void> {
    const { campaign } = await this.campaigns.read(asking.caller.workspace, campaignId);
    if (decider.decide(command, campaign).length === 0) return;
    await this.workspaces.execute(asking, { type: 'DefineProfileFields', fields: profileFields(command.fields) });
  }

  /** As of now: a value that stands in the log counts, though its consumer may not have read it yet. */
  private async held(workspace: string, campaignId: string): Promise<readonly string[]> {
    const head = await this.store.head();
    const reached = await waitForPosition(this.progress, HELD_FIELDS_GROUP, head);
    if (reached.number < head.number) throw new TransientError('Which fields hold values is still being read');
    return this.heldFields.of(workspace, campaignId);
  }
}
