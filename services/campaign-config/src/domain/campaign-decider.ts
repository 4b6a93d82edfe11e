import { type Decider, DomainError } from '@poinciana/event-sourcing';
import { type Campaign, type CampaignEvent, evolveCampaign, headOf, noCampaign } from './campaign.js';
import type { CampaignCommand, CreateCampaign, EditCampaign } from './campaign-commands.js';
import { campaignDescription, campaignName } from './campaign-name.js';
import { defineFields, initialFields } from './campaign-fields.js';
import { activateFlow, deactivateFlow, deleteFlow } from './campaign-flow-states.js';
import { createFlow, orderFlows, renameFlow, saveFlow } from './campaign-flows.js';
import { startCampaign, stopCampaign } from './campaign-running.js';
import { assertSeen } from './seen-state.js';

/** The rules of a campaign. */
export const campaign: Decider<CampaignCommand, Campaign, CampaignEvent> = {
  initialState: noCampaign,
  decide(command, state) {
    if (command.type === 'CreateCampaign') return create(command, state);
    if (state.phase !== 'exists') throw new DomainError('campaign_not_found', 'There is no such campaign', 'notFound');
    return decideExisting(command, state);
  },
  evolve: evolveCampaign,
};

function decideExisting(command: Exclude<CampaignCommand, CreateCampaign>, state: Campaign): readonly CampaignEvent[] {
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
  }
}

function create(command: CreateCampaign, state: Campaign): readonly CampaignEvent[] {
  const name = campaignName(command.name);
  const description = campaignDescription(command.description);
  if (state.phase !== 'none') {
    throw new DomainError('campaign_exists', 'This campaign was created already', 'conflict');
  }
  const created = headOf(state, { id: command.id, name, description });
  return [{ type: 'CampaignCreated', data: { campaign: created, fields: initialFields() } }];
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
