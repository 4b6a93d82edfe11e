import type { ChannelDefinition, ChannelType } from '../../campaign-context.js';
import { findProperty, type PropertyReference } from '../../values/property.js';
import type { NodeCheck } from '../node-type.js';
import type { Draft } from '../settings-reader.js';
import type { OutboundSettings } from './outbound-settings.js';
import type { BaseDate } from './schedule-settings.js';

/** Checks agent, channel, base date, context and the uniqueness of the name in the campaign ([C]1). Answers the channel that was found. */
export function checkOutbound(
  settings: Draft<OutboundSettings> & { readonly baseDate?: BaseDate | undefined },
  channelType: ChannelType,
  check: NodeCheck,
): ChannelDefinition | undefined {
  checkName(settings.communicationName, check);
  for (const [index, property] of (settings.customerContext ?? []).entries()) {
    const found = findProperty(property, check.context);
    if (found.code) check.add(found.code, `customerContext.${index}.property`, { field: property.name });
  }
  if (settings.baseDate?.source === 'property') checkBaseField(settings.baseDate.property, 'baseDate.property', check);
  return checkChannel(settings, channelType, check);
}

function checkName(name: string | undefined, check: NodeCheck): void {
  if (name === undefined) return;
  const others = check.context.flows
    .filter((other) => other.flow.id !== check.flow.id)
    .flatMap((other) => other.flow.nodes);
  const twins = check.flow.nodes.filter((node) => node.id !== check.node.id);
  const taken = [...twins, ...others].some((node) => node.settings['communicationName'] === name);
  if (taken) check.add('communication_name_taken', 'communicationName', { name });
}

/** A send time can only start from a date or a datetime. */
export function checkBaseField(property: PropertyReference, setting: string, check: NodeCheck): void {
  const found = findProperty(property, check.context);
  if (found.property === undefined) return check.add(found.code, setting, { field: property.name });
  const { type, title } = found.property;
  if (type !== 'date' && type !== 'datetime') check.add('base_needs_date', setting, { field: title, type });
}

function checkChannel(
  settings: Draft<OutboundSettings>,
  channelType: ChannelType,
  check: NodeCheck,
): ChannelDefinition | undefined {
  const agent = check.context.agents.find((candidate) => candidate.id === settings.agentId);
  if (settings.agentId !== undefined && agent === undefined) check.add('missing_agent', 'agentId');
  if (settings.channelId === undefined) return undefined;
  const channel = check.context.channels.find((candidate) => candidate.id === settings.channelId);
  if (channel === undefined) {
    check.add('missing_channel', 'channelId');
    return undefined;
  }
  const parameters = { channel: channel.name };
  if (channel.type !== channelType)
    check.add('wrong_channel_type', 'channelId', { ...parameters, type: channel.type, expected: channelType });
  if (agent && !agent.channelIds.includes(channel.id))
    check.add('channel_not_attached', 'channelId', { ...parameters, agent: agent.name });
  if (!channel.running) check.add('channel_stopped', 'channelId', parameters, 'warning');
  return channel;
}
