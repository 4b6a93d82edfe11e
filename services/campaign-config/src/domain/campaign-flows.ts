import { DomainError } from '@poinciana/event-sourcing';
import { type Campaign, type CampaignEvent, type CampaignFlow, headOf } from './campaign.js';
import type { ActivateFlow, DeactivateFlow, DeleteFlow, SaveFlow } from './campaign-commands.js';
import { assertEditable } from './campaign-editing.js';
import { assertActivatable } from './flow-problems.js';

/** How many flows a campaign may hold. */
export const FLOWS_MAX = 50;

/** A draft may be incomplete; a flow that is Active must stay one that could be activated. */
export function saveFlow(command: SaveFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const saved = state.flows.find((each) => each.flow.id === command.flow.id);
  if (saved === undefined && state.flows.length >= FLOWS_MAX) {
    throw new DomainError('too_many_flows', `A campaign holds at most ${FLOWS_MAX} flows`);
  }
  if (saved?.active === true) assertActivatable(command.flow, state, command.workspace);
  if (saved !== undefined && JSON.stringify(saved.flow) === JSON.stringify(command.flow)) return [];
  const version = (saved?.version ?? 0) + 1;
  return [{ type: 'FlowSaved', data: { campaign: headOf(state), flow: command.flow, version, note: command.note } }];
}

export function activateFlow(command: ActivateFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const { flow, version, active } = flowOf(state, command.flowId);
  if (active) return [];
  assertActivatable(flow, state, command.workspace);
  return [{ type: 'FlowActivated', data: { campaign: headOf(state), flowId: flow.id, version } }];
}

export function deactivateFlow(command: DeactivateFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const { flow, active } = flowOf(state, command.flowId);
  if (!active) return [];
  return [{ type: 'FlowDeactivated', data: { campaign: headOf(state), flowId: flow.id } }];
}

export function deleteFlow(command: DeleteFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const { flow } = flowOf(state, command.flowId);
  return [{ type: 'FlowDeleted', data: { campaign: headOf(state), flowId: flow.id } }];
}

function flowOf(state: Campaign, flowId: string): CampaignFlow {
  const found = state.flows.find((each) => each.flow.id === flowId);
  if (found === undefined)
    throw new DomainError('flow_not_found', 'There is no such flow in this campaign', 'notFound');
  return found;
}
