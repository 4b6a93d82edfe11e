import {
  type CampaignContext,
  type ChannelDefinition,
  type ConversationResult,
  type Flow,
  type Problem,
  activationRefusal,
  checkFlow,
  hasErrors,
} from '@poinciana/campaign-definition';
import type { campaign as contract, workspace as workspaceContract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import type { Campaign } from './campaign.js';
import { toDefinition } from './field-definition.js';
import type { Workspace } from './workspace.js';

/** Everything that is wrong or doubtful with a flow, by the same function that the editor uses. */
export function flowProblems(flow: contract.Flow, campaign: Campaign, workspace: Workspace): readonly Problem[] {
  return checkFlow(flow as Flow, checkContext(campaign, workspace));
}

/** Refuses a flow that could not be activated, with all its problems at once. */
export function assertActivatable(flow: contract.Flow, campaign: Campaign, workspace: Workspace): void {
  const problems = flowProblems(flow, campaign, workspace);
  if (!hasErrors(problems)) return;
  throw new DomainError('flow_not_valid', activationRefusal(problems), 'invalid', { flowId: flow.id, problems });
}

/** What the nodes of a campaign's flows may refer to. */
export function checkContext(campaign: Campaign, workspace: Workspace): CampaignContext {
  return {
    fields: campaign.fields.map(toDefinition),
    agents: workspace.agents.map((agent) => ({ ...agent, results: agent.results as readonly ConversationResult[] })),
    channels: workspace.channels.map(channelOf),
    flows: campaign.flows.map(({ flow, active }) => ({ flow: flow as Flow, active })),
  };
}

function channelOf({ id, name, type, running, templates }: workspaceContract.Channel): ChannelDefinition {
  return { id, name, type: type as ChannelDefinition['type'], running, templates };
}
