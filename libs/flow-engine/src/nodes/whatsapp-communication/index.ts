import {
  phoneDigits,
  type CampaignContext,
  type FieldValue,
  type TemplateSettings,
  type WhatsAppSettings,
} from '@poinciana/campaign-definition';
import { explainPlan } from '../../explain/explain-plan.js';
import type { Walk } from '../../run/walk.js';
import { compileSource, displayText } from '../../values/compile-source.js';
import type { NodeExecution } from '../node-execution.js';
import { compileOutbound, type OutboundContent } from '../outbound.js';

/** Plans a message with an approved template, to the WhatsApp ID or else the phone number. */
export const whatsAppCommunication: NodeExecution<WhatsAppSettings> = {
  type: 'whatsapp-communication',
  compile: (node, draft, context) => {
    const content = draft.template && compileTemplate(draft.template, context);
    if (content === undefined) return undefined;
    return compileOutbound(node, draft, { channelType: 'whatsapp', address: whatsAppAddress, content }, context);
  },
  explain: explainPlan,
};

/** The digits of the WhatsApp ID, else of the phone (A17). */
function whatsAppAddress(walk: Walk): FieldValue | undefined {
  return digitsOf(walk.field('whatsapp_id')) ?? digitsOf(walk.field('phone'));
}

function digitsOf(value: FieldValue | undefined): string | undefined {
  const digits = value === undefined ? undefined : phoneDigits(String(value));
  return digits === '' ? undefined : digits;
}

interface CompiledVariable {
  readonly variable: string;
  readonly text: (walk: Walk) => string | undefined;
}

function compileTemplate(
  template: TemplateSettings,
  context: CampaignContext,
): ((walk: Walk) => OutboundContent | undefined) | undefined {
  const variables: CompiledVariable[] = [];
  for (const { variable, value } of template.variables) {
    const source = compileSource(value, { type: 'string' }, context);
    if (source === undefined) return undefined;
    const { read, type } = source;
    variables.push({ variable, text: (walk) => textOf(read(walk), type, walk) });
  }
  return (walk) => {
    const templateVariables: Record<string, string> = {};
    for (const { variable, text } of variables) {
      const value = text(walk);
      if (value === undefined) return undefined;
      templateVariables[variable] = value;
    }
    return { templateVariables, templateName: template.name, templateLanguage: template.language };
  };
}

function textOf(
  value: FieldValue | undefined,
  type: Parameters<typeof displayText>[1],
  walk: Walk,
): string | undefined {
  return value === undefined ? undefined : displayText(value, type, walk.input.zone.name);
}
