import { DomainError } from '@poinciana/event-sourcing';
import { type Campaign, type CampaignEvent, headWithoutError } from './campaign.js';
import type { StartCampaign } from './campaign-commands.js';
import { assertActivatable } from './flow-problems.js';

/** Start repeats the checks of every active flow (A50) and records the answers to its questions (A2, A9). */
export function startCampaign(command: StartCampaign, state: Campaign): readonly CampaignEvent[] {
  if (state.status === 'Active') {
    throw new DomainError('campaign_already_active', 'The campaign is Active already', 'conflict');
  }
  const active = state.flows.filter((each) => each.active);
  if (active.length === 0) {
    throw new DomainError('no_active_flow', 'The campaign has no active flow: activate one, then start it');
  }
  for (const each of active) assertActivatable(each.flow, state, command.workspace);
  const flows = active.map((each) => ({ flowId: each.flow.id, version: each.version }));
  const { pauseAnswer, overdueAnswer } = command;
  const generation = state.generation + 1;
  const started = headWithoutError(state, 'Active');
  return [{ type: 'CampaignStarted', data: { campaign: started, flows, pauseAnswer, overdueAnswer, generation } }];
}

/** Stop, from Active or Error; a campaign that does not run stays as it is (A49). */
export function stopCampaign(state: Campaign): readonly CampaignEvent[] {
  if (state.status === 'Inactive') return [];
  return [{ type: 'CampaignStopped', data: { campaign: headWithoutError(state, 'Inactive') } }];
}
