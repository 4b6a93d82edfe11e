import type { CampaignContext, FieldValue, TemplateSettings, WhatsAppSettings } from '@poinciana/campaign-definition';
import { explainPlan } from '../../explain/explain-plan.js';
import type { Walk } from '../../run/walk.js';
import type { NodeExecution } from '../node-execution.js';
import { compileVariables, NO_TEMPLATE_VALUE, type CompiledContent } from '../outbound/compile-content.js';
import { compileOutbound } from '../outbound/compile-outbound.js';
import { compileWindow } from '../outbound/compile-schedule.js';
import { digitsOf } from '../outbound/digits.js';

/** Plans a message with an approved template, to the WhatsApp ID or else the phone number. */
export const whatsAppCommunication: NodeExecution<WhatsAppSettings> = {
  type: 'whatsapp-communication',
  compile: (node, draft, context) => {
    const content = draft.template && compileTemplate(draft.template, context, node.id);
    const sendTime = compileWindow(draft, 'whatsapp', context);
    if (content === undefined || sendTime === undefined) return undefined;
    return compileOutbound(node, draft, { channelType: 'whatsapp', address, content, sendTime }, context);
  },
  explain: explainPlan,
};

/** The digits of the WhatsApp ID, else of the phone (A17). */
function address(walk: Walk): FieldValue | undefined {
  return digitsOf(walk.field('whatsapp_id')) ?? digitsOf(walk.field('phone'));
}

function compileTemplate(
  template: TemplateSettings,
  context: CampaignContext,
  nodeId: string,
): CompiledContent | undefined {
  const read = compileVariables(template.variables, context, nodeId);
  if (read === undefined) return undefined;
  const { name: templateName, language: templateLanguage } = template;
  return (walk) => {
    const templateVariables = read(walk);
    if (templateVariables === undefined) return { ...NO_TEMPLATE_VALUE, templateName, templateLanguage };
    return { templateVariables, templateName, templateLanguage };
  };
}
