import { isFieldType } from '@poinciana/campaign-definition';
import type { workspace as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { type SeenState, assertSeen } from './seen-state.js';
import type { Workspace, WorkspaceEvent } from './workspace.js';

/** How many agents a workspace may hold. */
export const AGENTS_MAX = 500;
const RESULT_NAME = /^[a-z][a-z0-9_]{0,62}$/;
/** What conditions know of every communication, whatever its agent declares (A4). */
const RESULTS_OF_EVERY_COMMUNICATION = ['status', 'name', 'channel', 'replied', 'started_at', 'ended_at'];

/** Every channel of an agent exists; at most one inbound agent a channel (semantics 1). */
export function saveAgent(
  agent: contract.Agent,
  seen: SeenState | undefined,
  state: Workspace,
): readonly WorkspaceEvent[] {
  const known = state.agents.find((each) => each.id === agent.id);
  if (known === undefined && state.agents.length >= AGENTS_MAX) {
    throw new DomainError('too_many_agents', `A workspace holds at most ${AGENTS_MAX} agents`);
  }
  const missing = agent.channelIds.find((id) => !state.channels.some((channel) => channel.id === id));
  if (missing !== undefined)
    throw new DomainError('channel_not_found', 'The agent names a channel that does not exist');
  agent.results.forEach(assertResult);
  assertResultsOnce(agent.results);
  assertOnlyInbound(agent, state);
  if (JSON.stringify(known) === JSON.stringify(agent)) return [];
  if (known !== undefined) assertSeen(seen, known);
  return [{ type: 'AgentSaved', data: { agent } }];
}

/** What is planned with the agent fails, and a campaign that has no other goes into Error (A49). */
export function deleteAgent(agentId: string, state: Workspace): readonly WorkspaceEvent[] {
  if (state.agents.some((each) => each.id === agentId)) return [{ type: 'AgentDeleted', data: { agentId } }];
  throw new DomainError('agent_not_found', 'The workspace has no such agent', 'notFound');
}

function assertResult({ name, type, enumerationValues }: contract.ConversationResult): void {
  const problem = resultProblem(name, type, enumerationValues);
  if (problem === undefined) return;
  throw new DomainError('invalid_conversation_result', `The conversation result '${name.slice(0, 63)}' ${problem}`);
}

function resultProblem(name: string, type: string, values: readonly string[]): string | undefined {
  if (!RESULT_NAME.test(name))
    return 'needs a name of a letter a to z, followed by up to 62 letters a to z, digits or underscores';
  if (RESULTS_OF_EVERY_COMMUNICATION.includes(name)) return 'has a name that every communication has already';
  if (!isFieldType(type)) return 'needs one of the types of fields';
  if (type === 'enumeration' && values.length === 0) return 'needs at least one allowed value';
  return undefined;
}

function assertResultsOnce(results: readonly contract.ConversationResult[]): void {
  const names = new Set(results.map(({ name }) => name));
  if (names.size === results.length) return;
  throw new DomainError('conversation_result_twice', 'An agent declares each conversation result once');
}

function assertOnlyInbound(agent: contract.Agent, state: Workspace): void {
  if (!agent.inbound) return;
  const rival = state.agents.find(
    (each) => each.inbound && each.id !== agent.id && each.channelIds.some((id) => agent.channelIds.includes(id)),
  );
  if (rival === undefined) return;
  const message = `The agent '${rival.name}' already answers on one of these channels: a channel has one inbound agent`;
  throw new DomainError('inbound_agent_exists', message, 'conflict');
}
