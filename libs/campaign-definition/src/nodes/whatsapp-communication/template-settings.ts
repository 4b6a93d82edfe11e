import type { ChannelDefinition, MessageTemplate } from '../../campaign-context.js';
import type { NodeCheck } from '../node-type.js';
import { checkVariables, readVariables, type MessageVariable } from '../outbound/message-variables.js';
import type { SettingsReader } from '../settings-reader.js';

/** An approved template and where each of its variables gets its value. */
export interface TemplateSettings {
  readonly name: string;
  readonly language: string;
  readonly variables: readonly MessageVariable[];
}

const TITLE = 'Template message';

export function readTemplate(reader: SettingsReader): TemplateSettings | undefined {
  const group = reader.group('template', TITLE);
  if (group === undefined) return reader.has('template') ? undefined : reader.missing('template', TITLE);
  const name = group.requiredText('name', TITLE, 512);
  const language = group.requiredText('language', TITLE, 32);
  const variables = readVariables(group, TITLE);
  return name === undefined || language === undefined ? undefined : { name, language, variables };
}

/** The template must be one of the channel's, and every variable mapped once, to something that exists. */
export function checkTemplate(
  template: TemplateSettings,
  channel: ChannelDefinition | undefined,
  check: NodeCheck,
): void {
  const mapped = checkVariables(template.variables, 'template.variables', check);
  if (channel?.templates !== undefined) checkApproved(template, mapped, channel.name, channel.templates, check);
}

function checkApproved(
  { name, language }: TemplateSettings,
  mapped: ReadonlySet<string>,
  channel: string,
  templates: readonly MessageTemplate[],
  check: NodeCheck,
): void {
  const approved = templates.find((candidate) => candidate.name === name && candidate.language === language);
  if (approved === undefined) return check.add('missing_template', 'template', { template: name, channel });
  for (const variable of approved.variables.filter((each) => !mapped.has(each))) {
    check.add('missing_setting', `template.variables.${variable}`, { setting: `Template variable ${variable}` });
  }
  for (const variable of [...mapped].filter((each) => !approved.variables.includes(each))) {
    check.add('unknown_template_variable', 'template', { variable, template: name });
  }
}
