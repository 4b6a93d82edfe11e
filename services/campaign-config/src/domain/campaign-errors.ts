import { type Flow, FlowGraph, isReasonCode, reason } from '@poinciana/campaign-definition';
import type { campaign as contract } from '@poinciana/contracts';
import { type Campaign, type CampaignEvent, headOf, headWithoutError } from './campaign.js';
import type { DiagnoseCampaign } from './campaign-commands.js';
import type { Workspace } from './workspace.js';

/** Channels whose provider refuses everything, by id: the reason's code. */
export type FailedChannels = Readonly<Record<string, string>>;

/** What an agent or a channel that is gone is called. */
const SENTENCES = {
  agent_missing: 'An agent of an active flow does not exist any more. Stop the campaign and choose another one.',
  channel_missing: 'A channel of an active flow does not exist any more. Stop the campaign and choose another one.',
  channel_not_attached: 'A channel of an active flow is no longer attached to its agent. Attach it again.',
} as const;

/**
 * An Active campaign whose every send must fail goes into Error; one in Error of which that is no longer so is Inactive, and
 * can be started (A49). Nothing else changes, whatever it is asked.
 */
export function diagnose(command: DiagnoseCampaign, state: Campaign): readonly CampaignEvent[] {
  if (state.status === 'Inactive') return [];
  const error = errorOf(state, command.workspace, command.failedChannels);
  if (state.status === 'Active' && error !== undefined) {
    return [{ type: 'CampaignFailed', data: { campaign: headOf(state, { status: 'Error', error }) } }];
  }
  if (state.status === 'Error' && error === undefined) {
    return [{ type: 'CampaignRecovered', data: { campaign: headWithoutError(state, 'Inactive') } }];
  }
  return [];
}

/** The channels that the active flows send over. */
export function channelsOf(state: Campaign): readonly string[] {
  return [...new Set(sendsOf(state).flatMap(({ channelId }) => (channelId === undefined ? [] : [channelId])))];
}

interface Send {
  readonly agentId: string | undefined;
  readonly channelId: string | undefined;
}

function errorOf(state: Campaign, workspace: Workspace, failed: FailedChannels): contract.CampaignError | undefined {
  const sends = sendsOf(state);
  const errors = sends.flatMap((send) => sendError(send, workspace, failed) ?? []);
  return errors.length === sends.length ? errors[0] : undefined;
}

/** Every node of the active flows that sends and that some trigger leads to. */
function sendsOf(state: Campaign): readonly Send[] {
  return state.flows
    .filter(({ active }) => active)
    .flatMap(({ flow }) => {
      const reachable = new FlowGraph(flow as Flow).reachable();
      return flow.nodes.filter(({ id, settings }) => reachable.has(id) && Object.hasOwn(settings, 'channelId'));
    })
    .map(({ settings }) => ({ agentId: textOf(settings['agentId']), channelId: textOf(settings['channelId']) }));
}

function sendError(
  { agentId, channelId }: Send,
  workspace: Workspace,
  failed: FailedChannels,
): contract.CampaignError | undefined {
  const agent = workspace.agents.find(({ id }) => id === agentId);
  const channel = workspace.channels.find(({ id }) => id === channelId);
  const place = { agentId, channelId };
  if (agent === undefined) return { code: 'agent_missing', sentence: SENTENCES.agent_missing, ...place };
  if (channel === undefined) return { code: 'channel_missing', sentence: SENTENCES.channel_missing, ...place };
  if (!agent.channelIds.includes(channel.id))
    return { code: 'channel_not_attached', sentence: SENTENCES.channel_not_attached, ...place };
  const code = Object.hasOwn(failed, channel.id) ? failed[channel.id] : undefined;
  return code === undefined ? undefined : { code, sentence: refusalOf(code, channel.name), ...place };
}

function refusalOf(code: string, channel: string): string {
  const { sentence, advice } = reason(isReasonCode(code) ? code : 'channel_refused');
  return `${channel}: ${sentence} ${advice}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
