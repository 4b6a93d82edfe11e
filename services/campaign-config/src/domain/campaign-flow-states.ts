import { type Campaign, type CampaignEvent, headOf } from './campaign.js';
import type { ActivateFlow, DeactivateFlow, DeleteFlow } from './campaign-commands.js';
import { assertEditable } from './campaign-editing.js';
import { flowOf } from './campaign-flows.js';
import { assertActivatable } from './flow-problems.js';

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
