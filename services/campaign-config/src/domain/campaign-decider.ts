import type { campaign as contract } from '@poinciana/contracts';
import { type Decider, DomainError } from '@poinciana/event-sourcing';
import { type Campaign, type CampaignEvent, evolveCampaign, headOf, noCampaign } from './campaign.js';
import type { CampaignCommand, CreateCampaign, EditCampaign, ImportCampaign } from './campaign-commands.js';
import { diagnose } from './campaign-errors.js';
import { campaignDescription, campaignName } from './campaign-name.js';
import { defineFields, fieldsOfBundle, initialFields } from './campaign-fields.js';
import { activateFlow, deactivateFlow, deleteFlow } from './campaign-flow-states.js';
import { createFlow, orderFlows, renameFlow, saveFlow } from './campaign-flows.js';
import { startCampaign, stopCampaign } from './campaign-running.js';
import { assertSeen } from './seen-state.js';

/** The rules of a campaign. */
export const campaign: Decider<CampaignCommand, Campaign, CampaignEvent> = {
  initialState: noCampaign,
  decide(command, state) {
    if (command.type === 'CreateCampaign') return create(command, state);
    if (command.type === 'ImportCampaign') return importCampaign(command, state);
    if (state.phase !== 'exists') throw new DomainError('campaign_not_found', 'There is no such campaign', 'notFound');
    return decideExisting(command, state);
  },
  evolve: evolveCampaign,
};

function decideExisting(
  command: Exclude<CampaignCommand, CreateCampaign | ImportCampaign>,
  state: Campaign,
): readonly CampaignEvent[] {
  switch (command.type) {
    case 'EditCampaign':
      return edit(command, state);
    case 'DeleteCampaign':
      return remove(state);
    case 'DefineFields':
      return defineFields(command, state);
    case 'CreateFlow':
      return createFlow(command, state);
    case 'RenameFlow':
      return renameFlow(command, state);
    case 'OrderFlows':
      return orderFlows(command, state);
    case 'SaveFlow':
      return saveFlow(command, state);
    case 'ActivateFlow':
      return activateFlow(command, state);
    case 'DeactivateFlow':
      return deactivateFlow(command, state);
    case 'DeleteFlow':
      return deleteFlow(command, state);
    case 'StartCampaign':
      return startCampaign(command, state);
    case 'StopCampaign':
      return stopCampaign(state);
    case 'DiagnoseCampaign':
      return diagnose(command, state);
  }
}

function create({ id, name, description }: CreateCampaign, state: Campaign): readonly CampaignEvent[] {
  return [created({ id, name, description }, initialFields(), state)];
}

/** All of it or nothing; the flows come in Inactive (A86). */
function importCampaign(command: ImportCampaign, state: Campaign): readonly CampaignEvent[] {
  const fields = fieldsOfBundle(command.fields, command.workspace);
  const first = created(command, fields, state);
  const { campaign: head } = first.data;
  const flows = command.flows.map((flow) => ({ campaign: head, flow, version: 1, note: 'Imported' }));
  return [first, ...flows.map((data) => ({ type: 'FlowSaved', data }) as const)];
}

function created(
  typed: Pick<CreateCampaign, 'id' | 'name' | 'description'>,
  fields: readonly contract.Field[],
  state: Campaign,
): Extract<CampaignEvent, { readonly type: 'CampaignCreated' }> {
  const name = campaignName(typed.name);
  const description = campaignDescription(typed.description);
  if (state.phase !== 'none') {
    throw new DomainError('campaign_exists', 'This campaign was created already', 'conflict');
  }
  return { type: 'CampaignCreated', data: { campaign: headOf(state, { id: typed.id, name, description }), fields } };
}

/** What is edited in the header of a campaign. */
export function namesOf({ name, description }: Campaign): object {
  return { name, description };
}

function edit(command: EditCampaign, state: Campaign): readonly CampaignEvent[] {
  const name = command.name === undefined ? state.name : campaignName(command.name);
  const description = command.description === undefined ? state.description : campaignDescription(command.description);
  const changed = [
    ...(name === state.name ? [] : ['name']),
    ...(description === state.description ? [] : ['description']),
  ];
  if (changed.length === 0) return [];
  assertSeen(command.seen, namesOf(state));
  return [{ type: 'CampaignEdited', data: { campaign: headOf(state, { name, description }), changed } }];
}

/** An active campaign is stopped first (A53). */
function remove(state: Campaign): readonly CampaignEvent[] {
  if (state.status === 'Active') {
    throw new DomainError('campaign_is_active', 'The campaign is Active: stop it before deleting it', 'conflict');
  }
  return [{ type: 'CampaignDeleted', data: { campaign: headOf(state) } }];
}
