import { OUT, type NodeType } from '../node-type.js';
import { checkOutbound } from '../outbound/check-outbound.js';
import { summarizeOutbound } from '../outbound/describe-outbound.js';
import { readOutbound, type OutboundSettings } from '../outbound/outbound-settings.js';
import { readWindowSchedule, type WindowSchedule } from '../outbound/schedule-settings.js';
import { SettingsReader } from '../settings-reader.js';
import { checkEmailTemplate, filledEmail, readEmailTemplate, type EmailTemplate } from './email-template.js';

export interface EmailSettings extends OutboundSettings, WindowSchedule {
  readonly template: EmailTemplate;
}

export const emailCommunication: NodeType<EmailSettings> = {
  type: 'email-communication',
  kind: 'action',
  title: 'Email Communication',
  howItWorks: 'Plans an email, and the conversation that its reply begins.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    const draft = { ...readOutbound(reader), ...readWindowSchedule(reader), template: readEmailTemplate(reader) };
    return { draft, problems: reader.problems };
  },
  check: (settings, check) => {
    checkOutbound(settings, 'email', check);
    if (settings.template) checkEmailTemplate(settings.template, check);
  },
  summary: (settings, context) => summarizeOutbound(settings, context, settings.template?.subject),
  message: ({ template }, values) => template && filledEmail(template, values),
};
