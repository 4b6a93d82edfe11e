import type {
  CampaignContext,
  ChannelType,
  Draft,
  FlowNode,
  OutboundSettings,
  Reentry,
} from '@poinciana/campaign-definition';
import { formatInstant, type FieldValue } from '@poinciana/campaign-definition';
import type { Plan, PlanPersonal } from '../../run/flow-run.js';
import type { StepDraft, Walk } from '../../run/walk.js';
import type { SendTime } from '../../send-times/plan-send-time.js';
import { compileProperty, type Read } from '../../values/compile-property.js';
import { whole, type Execute } from '../node-execution.js';
import type { CompiledContent, Content } from './compile-content.js';

/** What differs from channel to channel. */
export interface OutboundChannel {
  readonly channelType: ChannelType;
  /** Where to send; undefined is `no_address`. */
  readonly address: Read;
  readonly content: CompiledContent;
  /** When to send; undefined is `no_base_date`. */
  readonly sendTime: (walk: Walk) => SendTime | undefined;
}

/** A communication action: re-entry, address, content, time, plan ([W]11, A8, A18). */
export function compileOutbound(
  node: FlowNode,
  draft: Draft<OutboundSettings>,
  channel: OutboundChannel,
  context: CampaignContext,
): Execute | undefined {
  const settings = whole(draft, 'communicationName', 'agentId', 'channelId', 'durationHours', 'reentry');
  const customerContext = settings && compileContext(settings, context);
  if (settings === undefined || customerContext === undefined) return undefined;
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
    if (walk.raised !== undefined) return walk.fail(node.id, walk.raised);
    const time = channel.sendTime(walk);
    const personal = personalOf(address, content, customerContext(walk));
    if (!walk.keep(personal)) return walk.fail(node.id, 'run_too_large');
    addPlan(walk, step, fixed, { personal, content, time });
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
  readonly personal: PlanPersonal;
  readonly content: Content;
  readonly time: SendTime | undefined;
}

function personalOf(
  address: FieldValue | undefined,
  { templateVariables }: Content,
  customerContext: PlanPersonal['customerContext'],
): PlanPersonal {
  if (address === undefined) return { templateVariables, customerContext };
  return { address: String(address), templateVariables, customerContext };
}

type FixedParts = Pick<Plan, 'nodeId' | 'name' | 'agentId' | 'channelId' | 'channelType' | 'durationMs'>;
type PlanDraft = { -readonly [Name in keyof Plan]: Plan[Name] };

function addPlan(walk: Walk, step: StepDraft, fixed: FixedParts, parts: PlanParts): void {
  const { personal, content, time } = parts;
  const communicationId = walk.input.communicationId(fixed.nodeId);
  const timing = time?.timing ?? { code: 'no_base_date', zone: walk.input.zone.name };
  const { nodeId, name, agentId, channelId, channelType, durationMs } = fixed;
  // Written out, here and below: to spread an object into a new one costs more than the rest of a plan.
  const plan: PlanDraft = { communicationId, nodeId, name, agentId, channelId, channelType, durationMs, timing };
  if (content.templateName !== undefined) plan.templateName = content.templateName;
  if (content.templateLanguage !== undefined) plan.templateLanguage = content.templateLanguage;
  const skipCode = skipCodeOf(parts);
  if (skipCode === undefined) openPlan(plan, time, walk);
  else {
    plan.skipCode = skipCode;
    step.code = skipCode;
  }
  step.communicationId = communicationId;
  walk.plans.push(plan);
  walk.communications[communicationId] = personal;
}

function openPlan(plan: PlanDraft, time: SendTime | undefined, walk: Walk): void {
  if (time?.sendAt === undefined || time.windowEnd === undefined) return;
  const sendAt = formatInstant(time.sendAt);
  const windowEnd = formatInstant(time.windowEnd);
  if (sendAt !== undefined) plan.sendAt = sendAt;
  if (windowEnd !== undefined) plan.windowEnd = windowEnd;
  const open = { id: plan.communicationId, name: plan.name, status: 'Planned' } as const;
  walk.openCommunications = [...walk.openCommunications, open];
}

/** What makes it a communication that ends at once as Skipped (A8). */
function skipCodeOf({ personal, content, time }: PlanParts): string | undefined {
  if (personal.address === undefined) return 'no_address';
  if (time === undefined) return 'no_base_date';
  if (content.skipCode !== undefined) return content.skipCode;
  return time.sendAt === undefined ? 'window_passed' : undefined;
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
