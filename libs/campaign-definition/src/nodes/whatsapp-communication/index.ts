import { OUT, type NodeCheck, type NodeType } from '../node-type.js';
import { checkOutbound } from '../outbound/check-outbound.js';
import { summarizeOutbound } from '../outbound/describe-outbound.js';
import { readOutbound, type OutboundSettings } from '../outbound/outbound-settings.js';
import { readWindowSchedule, type WindowSchedule } from '../outbound/schedule-settings.js';
import { SettingsReader, type Draft } from '../settings-reader.js';
import { checkTemplate, readTemplate, type TemplateSettings } from './template-settings.js';

export interface WhatsAppSettings extends OutboundSettings, WindowSchedule {
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
    const draft = { ...readOutbound(reader), ...readWindowSchedule(reader), template: readTemplate(reader) };
    return { draft, problems: reader.problems };
  },
  check: (settings: Draft<WhatsAppSettings>, check: NodeCheck) => {
    const channel = checkOutbound(settings, 'whatsapp', check);
    if (settings.template) checkTemplate(settings.template, channel, check);
  },
  summary: (settings, context) => summarizeOutbound(settings, context, settings.template?.name),
  message: ({ template }) =>
    template && { channelType: 'whatsapp', templateName: template.name, templateLanguage: template.language },
};
