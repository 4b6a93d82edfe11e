import { FLOW_NAME_MAX } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { type Campaign, type CampaignEvent, type CampaignFlow, headOf } from './campaign.js';
import type { CreateFlow, OrderFlows, RenameFlow, SaveFlow } from './campaign-commands.js';
import { assertEditable } from './campaign-editing.js';
import { assertActivatable } from './flow-problems.js';
import { assertSeen } from './seen-state.js';

/** How many flows a campaign may hold. */
export const FLOWS_MAX = 50;

/** An empty draft: `Flow 1`, `Flow 2`, … unless it is named. */
export function createFlow(command: CreateFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  assertRoom(state);
  const name = command.name === undefined ? defaultName(state) : flowName(command.name);
  return [saved(state, { flow: { id: command.flowId, name, nodes: [], edges: [] }, version: 1, note: '' })];
}

/** A draft may be incomplete; a flow that is Active must stay one that could be activated. */
export function saveFlow(command: SaveFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const { flow, note, restoredFrom } = command;
  const known = state.flows.find((each) => each.flow.id === flow.id);
  if (known === undefined) assertRoom(state);
  if (known?.active === true) assertActivatable(flow, state, command.workspace);
  if (known !== undefined && JSON.stringify(known.flow) === JSON.stringify(flow)) return [];
  if (known !== undefined) assertSeen(command.seen, versionOf(known));
  const version = (state.lastVersions[flow.id] ?? 0) + 1;
  return [saved(state, { flow, version, note, ...(restoredFrom === undefined ? {} : { restoredFrom }) })];
}

/** A new name is a new version: what ran under the old one still tells it. */
export function renameFlow(command: RenameFlow, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const known = flowOf(state, command.flowId);
  const name = flowName(command.name);
  if (name === known.flow.name) return [];
  assertSeen(command.seen, versionOf(known));
  const note = `Renamed from '${known.flow.name}'`;
  return [saved(state, { flow: { ...known.flow, name }, version: known.version + 1, note })];
}

/** Takes all flows of the campaign, each once; somebody who does not know of a new one does not order it. */
export function orderFlows({ flowIds }: OrderFlows, state: Campaign): readonly CampaignEvent[] {
  assertEditable(state);
  const known = state.flows.map(({ flow }) => flow.id);
  if (JSON.stringify(flowIds.toSorted()) !== JSON.stringify(known.toSorted())) {
    throw new DomainError('invalid_flow_order', 'The order must name every flow of the campaign once');
  }
  if (JSON.stringify(flowIds) === JSON.stringify(known)) return [];
  return [{ type: 'FlowsOrdered', data: { campaign: headOf(state), flowIds } }];
}

export function flowOf(state: Campaign, flowId: string): CampaignFlow {
  const found = state.flows.find((each) => each.flow.id === flowId);
  if (found === undefined)
    throw new DomainError('flow_not_found', 'There is no such flow in this campaign', 'notFound');
  return found;
}

/** What an editor of a flow has seen. */
export function versionOf({ flow, version }: CampaignFlow): object {
  return { flow, version };
}

function saved(state: Campaign, data: Omit<contract.FlowSaved, 'campaign'>): CampaignEvent {
  return { type: 'FlowSaved', data: { campaign: headOf(state), ...data } };
}

function assertRoom(state: Campaign): void {
  if (state.flows.length < FLOWS_MAX) return;
  throw new DomainError('too_many_flows', `A campaign holds at most ${FLOWS_MAX} flows`);
}

function defaultName(state: Campaign): string {
  const names = new Set(state.flows.map(({ flow }) => flow.name));
  const number = Array.from({ length: FLOWS_MAX }, (_, index) => index + 1).find((each) => !names.has(`Flow ${each}`));
  return `Flow ${number}`;
}

function flowName(typed: string): string {
  const name = typed.trim();
  if (name !== '' && name.length <= FLOW_NAME_MAX) return name;
  throw new DomainError('invalid_flow_name', `The name of a flow has 1 to ${FLOW_NAME_MAX} characters`);
}
