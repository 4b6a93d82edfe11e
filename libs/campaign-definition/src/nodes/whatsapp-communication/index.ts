import { OUT, type NodeCheck, type NodeType } from '../node-type.js';
import { checkOutbound, readOutbound, summarizeOutbound, type OutboundSettings } from '../outbound-settings.js';
import { SettingsReader, type Draft } from '../settings-reader.js';
import { checkTemplate } from './check-template.js';
import { readTemplate, type TemplateSettings } from './template-settings.js';

export interface WhatsAppSettings extends OutboundSettings {
  readonly template: TemplateSettings;
}

export const whatsAppCommunication: NodeType<WhatsAppSettings> = {
  type: 'whatsapp-communication',
  kind: 'action',
  title: 'WhatsApp Communication',
  howItWorks: 'Plans a WhatsApp message with an approved template, and the conversation that follows it.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    return { draft: { ...readOutbound(reader), template: readTemplate(reader) }, problems: reader.problems };
  },
  check: (settings: Draft<WhatsAppSettings>, check: NodeCheck) => {
    const channel = checkOutbound(settings, 'whatsapp', check);
    if (settings.template) checkTemplate(settings.template, channel, check);
  },
  summary: (settings, context) => summarizeOutbound(settings, context),
};
