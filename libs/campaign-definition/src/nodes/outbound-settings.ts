import { describeOffset, type Offset } from '../values/offset.js';
import { findProperty, propertyTitle, type PropertyReference } from '../values/property.js';
import type { CampaignContext, ChannelDefinition, ChannelType } from '../campaign-context.js';
import { parseTimeOfDay } from '../time/time-of-day.js';
import type { NodeCheck } from './node-type.js';
import { readOffset, readProperty } from './read-values.js';
import type { Draft, SettingsReader } from './settings-reader.js';

/** The day or the instant that a send time starts from. */
export type BaseDate =
  | { readonly source: 'today'; readonly offset?: Offset }
  | { readonly source: 'property'; readonly property: PropertyReference; readonly offset?: Offset };

/** When sending is allowed: local times `HH:mm`, To up to 24:00 and not inside ([From, To), A7); or the best time to contact. */
export type CommunicationHours =
  { readonly mode: 'window'; readonly from: string; readonly to: string } | { readonly mode: 'best' };

export const REENTRY_MODES = ['inProgress', 'once', 'always'] as const;
/** What a node does when a communication of its name is there already ([W]11). */
export type Reentry = (typeof REENTRY_MODES)[number];

/** What becomes of a communication when the window of its base day is over: Today takes the next window, a field skips ([C]3). */
export const WHEN_WINDOW_IS_OVER = ['nextWindow', 'skip'] as const;
export type WhenWindowIsOver = (typeof WHEN_WINDOW_IS_OVER)[number];

/** What all communication actions have in common. */
export interface OutboundSettings {
  readonly communicationName: string;
  readonly agentId: string;
  readonly channelId: string;
  readonly baseDate: BaseDate;
  readonly hours: CommunicationHours;
  /** How long the communication stays open after Started; may be a fraction. */
  readonly durationHours: number;
  readonly customerContext: readonly PropertyReference[];
  readonly reentry: Reentry;
  readonly whenWindowIsOver?: WhenWindowIsOver | undefined;
}

export const DURATION_HOURS_MAX = 8_784;
export const CUSTOMER_CONTEXT_MAX = 200;
const COMMUNICATION_NAME = /^[A-Z][A-Z0-9_]{0,63}$/;

export function readOutbound(reader: SettingsReader): Draft<OutboundSettings> {
  return {
    communicationName: readCommunicationName(reader),
    agentId: reader.requiredText('agentId', 'Agent', 64),
    channelId: reader.requiredText('channelId', 'Agent Channel', 64),
    baseDate: readBaseDate(reader),
    hours: readHours(reader),
    durationHours: readDuration(reader),
    customerContext: readCustomerContext(reader),
    reentry: reader.choice('reentry', 'Repetition', REENTRY_MODES) ?? 'inProgress',
    whenWindowIsOver: reader.choice('whenWindowIsOver', 'When the window is over', WHEN_WINDOW_IS_OVER),
  };
}

function readCommunicationName(reader: SettingsReader): string | undefined {
  const name = reader.requiredText('communicationName', 'Communication Name');
  if (name === undefined) return undefined;
  return COMMUNICATION_NAME.test(name) ? name : reader.invalid('communicationName', 'Communication Name');
}

export function readBaseDate(reader: SettingsReader): BaseDate | undefined {
  const title = 'Use Date and Time from';
  const group = reader.group('baseDate', title);
  if (group === undefined) return reader.has('baseDate') ? undefined : reader.missing('baseDate', title);
  const source = group.has('source')
    ? group.choice('source', title, ['today', 'property'])
    : group.missing('source', title);
  const offset = readOffset(group, 'offset', title);
  const shift = offset === undefined ? {} : { offset };
  if (source === 'today') return { source, ...shift };
  if (source === undefined) return undefined;
  const property = group.has('property') ? readProperty(group, 'property', title) : group.missing('property', title);
  return property && { source, property, ...shift };
}

export function readHours(reader: SettingsReader): CommunicationHours | undefined {
  const title = 'Communication Hours';
  const group = reader.group('hours', title);
  if (group === undefined) return reader.has('hours') ? undefined : reader.missing('hours', title);
  if (group.raw('mode') === 'best') return { mode: 'best' };
  const from = group.requiredText('from', 'From');
  const to = group.requiredText('to', 'To');
  if (from === undefined || to === undefined) return undefined;
  const start = parseTimeOfDay(from);
  const end = parseTimeOfDay(to);
  if (start === undefined || start === 1440) return group.invalid('from', 'From');
  if (end === undefined || end === start) return group.invalid('to', 'To');
  return { mode: 'window', from, to };
}

function readDuration(reader: SettingsReader): number | undefined {
  const title = 'Communication Duration';
  if (!reader.has('durationHours')) return reader.missing('durationHours', title);
  const hours = reader.number('durationHours', title, 0, DURATION_HOURS_MAX);
  return hours !== undefined && Math.round(hours * 3_600_000) < 1 ? reader.invalid('durationHours', title) : hours;
}

function readCustomerContext(reader: SettingsReader): readonly PropertyReference[] {
  const rows = reader.list('customerContext', 'Customer Context', CUSTOMER_CONTEXT_MAX) ?? [];
  return rows.map((row) => readPropertyRow(row)).filter((property) => property !== undefined);
}

function readPropertyRow(row: SettingsReader): PropertyReference | undefined {
  return row.has('property')
    ? readProperty(row, 'property', 'Customer Context')
    : row.missing('property', 'Customer Context');
}

/** Checks agent, channel, base date, context and the uniqueness of the name in the campaign ([C]1). */
export function checkOutbound(
  settings: Draft<OutboundSettings>,
  channelType: ChannelType,
  check: NodeCheck,
): ChannelDefinition | undefined {
  checkName(settings.communicationName, check);
  for (const [index, property] of (settings.customerContext ?? []).entries()) {
    const found = findProperty(property, check.context);
    if (found.code) check.add(found.code, `customerContext.${index}.property`, { field: property.name });
  }
  if (settings.baseDate?.source === 'property') checkBaseField(settings.baseDate.property, check);
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

export function checkBaseField(property: PropertyReference, check: NodeCheck): void {
  const setting = 'baseDate.property';
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

/** `Collections Bot, Due Date − 2 days, 10:00–18:00`. */
export function summarizeOutbound(settings: Draft<OutboundSettings>, context: CampaignContext): string {
  const agent = context.agents.find((candidate) => candidate.id === settings.agentId)?.name;
  const parts = [
    settings.communicationName,
    agent,
    describeBase(settings.baseDate, context),
    describeHours(settings.hours),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function describeBase(base: BaseDate | undefined, context: CampaignContext): string | undefined {
  if (base === undefined) return undefined;
  const start = base.source === 'today' ? 'Today' : propertyTitle(base.property, context);
  return start + describeOffset(base.offset);
}

function describeHours(hours: CommunicationHours | undefined): string | undefined {
  if (hours === undefined) return undefined;
  return hours.mode === 'best' ? 'best time to contact' : `${hours.from}–${hours.to}`;
}
