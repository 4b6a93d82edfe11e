import {
  parseTimeOfDay,
  type BaseDate,
  type CampaignContext,
  type ChannelType,
  type Draft,
  type FieldValue,
  type FlowNode,
  type OutboundSettings,
  type Reentry,
} from '@poinciana/campaign-definition';
import type { Plan } from '../run/flow-run.js';
import type { StepDraft, Walk } from '../run/walk.js';
import { baseFromDate, baseFromDatetime, baseFromToday, type Base } from '../send-times/starting-point.js';
import { bestHours, dailyHours, type DailyHours } from '../send-times/best-hours.js';
import { planSendTime, type SendTime } from '../send-times/plan-send-time.js';
import { compileProperty, type Read } from '../values/compile-property.js';
import type { Execute } from './node-execution.js';
import { whole } from './node-execution.js';

/** The content of a message for one participant; without it a variable had no value. */
export interface OutboundContent {
  readonly templateVariables: Readonly<Record<string, string>>;
  readonly templateName?: string;
  readonly templateLanguage?: string;
}

/** What differs from channel to channel. */
export interface OutboundChannel {
  readonly channelType: ChannelType;
  /** Where to send; undefined is `no_address`. */
  readonly address: Read;
  /** The content; undefined is `no_template_value`. */
  readonly content: (walk: Walk) => OutboundContent | undefined;
}

/** A communication action: re-entry, address, content, time, plan ([W]11, A8, A18). */
export function compileOutbound(
  node: FlowNode,
  draft: Draft<OutboundSettings>,
  channel: OutboundChannel,
  context: CampaignContext,
): Execute | undefined {
  const settings = whole(
    draft,
    'communicationName',
    'agentId',
    'channelId',
    'baseDate',
    'hours',
    'durationHours',
    'reentry',
  );
  const base = settings && compileBase(settings.baseDate, context);
  const customerContext = settings && compileContext(settings, context);
  if (settings === undefined || base === undefined || customerContext === undefined) return undefined;
  const hours = compileHours(settings, channel.channelType);
  const fixed = {
    nodeId: node.id,
    name: settings.communicationName,
    agentId: settings.agentId,
    channelId: settings.channelId,
    channelType: channel.channelType,
    durationMs: Math.round(settings.durationHours * 3_600_000),
  };
  return (walk, step) => {
    const code = reentryCode(settings.reentry, settings.communicationName, walk);
    if (code !== undefined) {
      step.code = code;
      return 'out';
    }
    const address = channel.address(walk);
    const content = channel.content(walk);
    const time = sendTime(walk, base(walk), hours(walk), settings.whenWindowIsOver);
    addPlan(walk, step, fixed, { address, content, time, customerContext: customerContext(walk) });
    return 'out';
  };
}

/** Why no communication is made at all ([W]11, A18). */
function reentryCode(reentry: Reentry, name: string, walk: Walk): string | undefined {
  if (reentry === 'always') return undefined;
  const isOpen = walk.openCommunications.some((open) => open.name === name);
  if (reentry === 'inProgress') return isOpen ? 'already_in_progress' : undefined;
  return isOpen || walk.input.sentNames.includes(name) ? 'already_sent' : undefined;
}

interface PlanParts {
  readonly address: FieldValue | undefined;
  readonly content: OutboundContent | undefined;
  readonly time: SendTime | undefined;
  readonly customerContext: Readonly<Record<string, FieldValue>>;
}

type FixedParts = Pick<Plan, 'nodeId' | 'name' | 'agentId' | 'channelId' | 'channelType' | 'durationMs'>;

function addPlan(walk: Walk, step: StepDraft, fixed: FixedParts, parts: PlanParts): void {
  const { address, content, time } = parts;
  const communicationId = walk.input.communicationId(fixed.nodeId);
  const timing = time?.timing ?? { code: 'no_base_date', zone: walk.input.zone.name };
  const plan: PlanDraft = { communicationId, ...fixed, timing };
  if (content !== undefined) addTemplate(plan, content);
  const skipCode = skipCodeOf(parts);
  if (skipCode === undefined) openPlan(plan, time, walk);
  else {
    plan.skipCode = skipCode;
    step.code = skipCode;
  }
  step.communicationId = communicationId;
  walk.plans.push(plan);
  const personal = { templateVariables: content?.templateVariables ?? {}, customerContext: parts.customerContext };
  walk.communications[communicationId] = address === undefined ? personal : { address: String(address), ...personal };
}

function addTemplate(plan: PlanDraft, { templateName, templateLanguage }: OutboundContent): void {
  if (templateName !== undefined) plan.templateName = templateName;
  if (templateLanguage !== undefined) plan.templateLanguage = templateLanguage;
}

type PlanDraft = { -readonly [Name in keyof Plan]: Plan[Name] };

function openPlan(plan: PlanDraft, time: SendTime | undefined, walk: Walk): void {
  if (time?.sendAt === undefined || time.windowEnd === undefined) return;
  plan.sendAt = new Date(time.sendAt).toISOString();
  plan.windowEnd = new Date(time.windowEnd).toISOString();
  const open = { id: plan.communicationId, name: plan.name, status: 'Planned' } as const;
  walk.openCommunications = [...walk.openCommunications, open];
}

/** What makes it a communication that ends at once as Skipped (A8). */
function skipCodeOf({ address, content, time }: PlanParts): string | undefined {
  if (address === undefined) return 'no_address';
  if (time === undefined) return 'no_base_date';
  if (content === undefined) return 'no_template_value';
  return time.sendAt === undefined ? 'window_passed' : undefined;
}

function sendTime(
  walk: Walk,
  base: Base | undefined,
  hours: DailyHours,
  whenWindowIsOver: OutboundSettings['whenWindowIsOver'],
): SendTime | undefined {
  if (base === undefined) return undefined;
  return planSendTime({ now: walk.input.now, zone: walk.input.zone, base, hours, whenWindowIsOver });
}

/** The base of a run; undefined in the run when its field has no value. */
export function compileBase(
  settings: BaseDate,
  context: CampaignContext,
): ((walk: Walk) => Base | undefined) | undefined {
  const { offset } = settings;
  if (settings.source === 'today') return (walk) => baseFromToday(walk.input.now, offset, walk.input.zone);
  const compiled = compileProperty(settings.property, context);
  if (compiled === undefined) return undefined;
  const from = baseReader(compiled.property.type);
  return (
    from &&
    ((walk) => {
      const value = compiled.read(walk);
      return typeof value === 'string' ? from(value, offset, walk.input.zone) : undefined;
    })
  );
}

function baseReader(type: string): typeof baseFromDate | undefined {
  if (type === 'date') return baseFromDate;
  return type === 'datetime' ? baseFromDatetime : undefined;
}

function compileHours(settings: OutboundSettings, channelType: ChannelType): (walk: Walk) => DailyHours {
  if (settings.hours.mode === 'best') {
    return (walk) => bestHours(walk.input.contactSignals, walk.input.workspaceSignals?.[channelType]);
  }
  const hours = dailyHours(
    parseTimeOfDay(settings.hours.from) ?? 0,
    parseTimeOfDay(settings.hours.to) ?? 1_440,
    'node',
  );
  return () => hours;
}

function compileContext(
  settings: OutboundSettings,
  context: CampaignContext,
): ((walk: Walk) => Record<string, FieldValue>) | undefined {
  const reads: { readonly name: string; readonly read: Read }[] = [];
  for (const reference of settings.customerContext) {
    const compiled = compileProperty(reference, context);
    if (compiled === undefined) return undefined;
    reads.push({ name: reference.name, read: compiled.read });
  }
  return (walk) => {
    const values: Record<string, FieldValue> = {};
    for (const { name, read } of reads) {
      const value = read(walk);
      if (value !== undefined) values[name] = value;
    }
    return values;
  };
}
