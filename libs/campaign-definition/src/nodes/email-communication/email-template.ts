import type { NodeCheck } from '../node-type.js';
import { fillHtml, fillPlaces, oneLine, type VariableValues } from '../outbound/message-text.js';
import { checkPlaces, readVariables, type MessageVariable } from '../outbound/message-variables.js';
import type { OutboundMessage } from '../outbound/outbound-message.js';
import type { SettingsReader } from '../settings-reader.js';

export const EMAIL_FORMATS = ['plain', 'html'] as const;
export type EmailFormat = (typeof EMAIL_FORMATS)[number];

/** Subject and body with places such as `{{due_date}}`, and where each of them gets its value. */
export interface EmailTemplate {
  /** One line. */
  readonly subject: string;
  readonly body: string;
  readonly format: EmailFormat;
  readonly variables: readonly MessageVariable[];
}

export const SUBJECT_MAX = 255;
export const BODY_MAX = 100_000;
/** The longest mail that is made of a template, subject and body together, variables filled in. */
export const EMAIL_CHARACTERS_MAX = 500_000;
const TITLE = 'Email Template';

export function readEmailTemplate(reader: SettingsReader): EmailTemplate | undefined {
  const group = reader.group('template', TITLE);
  if (group === undefined) return reader.has('template') ? undefined : reader.missing('template', TITLE);
  const subject = readSubject(group);
  const body = group.requiredText('body', 'Body', BODY_MAX);
  const format = group.choice('format', 'Format', EMAIL_FORMATS) ?? 'plain';
  const variables = readVariables(group, TITLE);
  return subject === undefined || body === undefined ? undefined : { subject, body, format, variables };
}

/** A line break would begin another header. */
function readSubject(group: SettingsReader): string | undefined {
  const subject = group.requiredText('subject', 'Subject', SUBJECT_MAX);
  return subject !== undefined && /\p{Cc}/u.test(subject) ? group.invalid('subject', 'Subject') : subject;
}

export function checkEmailTemplate({ subject, body, variables }: EmailTemplate, check: NodeCheck): void {
  const texts = [
    { setting: 'template.subject', title: 'Subject', text: subject },
    { setting: 'template.body', title: 'Body', text: body },
  ];
  checkPlaces(texts, variables, 'template.variables', check);
}

/** The mail for one participant: values are one line in the subject and never markup in an HTML body. */
export function filledEmail(
  { subject, body, format }: Omit<EmailTemplate, 'variables'>,
  values: VariableValues,
): Extract<OutboundMessage, { readonly channelType: 'email' }> {
  return {
    channelType: 'email',
    subject: oneLine(fillPlaces(subject, values)),
    body: format === 'html' ? fillHtml(body, values) : fillPlaces(body, values),
    format,
  };
}
