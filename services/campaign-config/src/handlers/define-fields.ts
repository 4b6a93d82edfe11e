import type { campaign as contract } from '@poinciana/contracts';
import { campaign as decider } from '../domain/campaign-decider.js';
import { profileFields } from '../domain/field-guards.js';
import type { SeenState } from '../domain/seen-state.js';
import type { HeldFields } from '../storage/held-fields.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/**
 * Defines the fields of a campaign. A customer profile field that is new in the workspace is defined there first, so that two
 * campaigns never give it two types (A73); nothing is defined for a list that the campaign would refuse.
 */
export class DefineFieldsHandler {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
    private readonly heldFields: Pick<HeldFields<unknown>, 'of'>,
  ) {}

  async execute(
    asking: Asking,
    campaignId: string,
    fields: readonly contract.Field[],
    seen: SeenState | undefined,
  ): Promise<CampaignNow> {
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const held = await this.heldFields.of(asking.caller.workspace, campaignId);
    const command = { type: 'DefineFields', fields, workspace, held, seen } as const;
    const { campaign } = await this.campaigns.read(asking.caller.workspace, campaignId);
    const accepted = decider.decide(command, campaign).length > 0;
    const added = accepted ? profileFields(fields) : [];
    if (added.length > 0) await this.workspaces.execute(asking, { type: 'DefineProfileFields', fields: added });
    return this.campaigns.execute(asking, campaignId, command);
  }
}
