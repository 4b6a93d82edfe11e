import {
  type ChannelType,
  missingChannelNeeds,
  UNKNOWN_OUTCOME_RULES,
  UNKNOWN_OUTCOMES,
  unknownOutcomeRule,
} from '@poinciana/campaign-definition';
import type { workspace as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { type SeenState, assertSeen } from './seen-state.js';
import type { Workspace, WorkspaceEvent } from './workspace.js';

/** How many channels a workspace may hold. */
export const CHANNELS_MAX = 500;

/** A channel that runs has everything that its type needs; a stopped one may be a draft. Its type never changes. */
export function saveChannel(
  channel: contract.Channel,
  seen: SeenState | undefined,
  state: Workspace,
): readonly WorkspaceEvent[] {
  const known = state.channels.find((each) => each.id === channel.id);
  if (known === undefined && state.channels.length >= CHANNELS_MAX) {
    throw new DomainError('too_many_channels', `A workspace holds at most ${CHANNELS_MAX} channels`);
  }
  if (known !== undefined && known.type !== channel.type) {
    const message = `The channel is of the type ${known.type}: make another channel for another type`;
    throw new DomainError('channel_type_fixed', message, 'conflict');
  }
  assertKnownRule(channel);
  if (channel.running) assertComplete(channel);
  if (JSON.stringify(known) === JSON.stringify(channel)) return [];
  if (known !== undefined) assertSeen(seen, known);
  return [{ type: 'ChannelSaved', data: { channel } }];
}

/** Agents let go of a channel before it is deleted, so that none speaks on nothing. */
export function deleteChannel(channelId: string, state: Workspace): readonly WorkspaceEvent[] {
  if (!state.channels.some((each) => each.id === channelId)) {
    throw new DomainError('channel_not_found', 'The workspace has no such channel', 'notFound');
  }
  const agents = state.agents.filter((agent) => agent.channelIds.includes(channelId));
  if (agents.length > 0) {
    const message = `The channel is attached to ${agents.map(({ name }) => `'${name}'`).join(', ')}: detach it first`;
    throw new DomainError('channel_in_use', message, 'conflict', { agentIds: agents.map(({ id }) => id) });
  }
  return [{ type: 'ChannelDeleted', data: { channelId } }];
}

/** Also a stopped one: nobody shall believe that a message is never sent twice because of a word that means nothing. */
function assertKnownRule({ settings }: contract.Channel): void {
  const rule = settings[UNKNOWN_OUTCOMES];
  if (rule === undefined || rule === unknownOutcomeRule(settings)) return;
  const message = `The setting ${UNKNOWN_OUTCOMES} is one of ${UNKNOWN_OUTCOME_RULES.join(', ')}`;
  throw new DomainError('invalid_channel_settings', message);
}

function assertComplete({ type, settings, encryptedSecrets }: contract.Channel): void {
  const missing = missingChannelNeeds(type as ChannelType, settings, Object.keys(encryptedSecrets));
  const names = [...missing.settings, ...missing.secrets];
  if (names.length === 0) return;
  const message = `A running channel of the type ${type} needs ${names.join(', ')}: fill them in, or save it stopped`;
  throw new DomainError('channel_incomplete', message, 'invalid', missing);
}
