import type { ChannelDefinition, MessageTemplate } from '../../campaign-context.js';
import { findProperty } from '../../values/property.js';
import type { ValueSource } from '../../values/value-source.js';
import type { NodeCheck } from '../node-type.js';
import type { TemplateSettings } from './template-settings.js';

/** The template must be one of the channel's, and every variable mapped once, to something that exists. */
export function checkTemplate(
  template: TemplateSettings,
  channel: ChannelDefinition | undefined,
  check: NodeCheck,
): void {
  const mapped = new Set<string>();
  for (const [index, { variable, value }] of template.variables.entries()) {
    const setting = `template.variables.${index}`;
    if (mapped.has(variable)) check.add('template_variable_twice', setting, { variable });
    mapped.add(variable);
    checkVariable(value, setting, check);
  }
  if (channel?.templates !== undefined) checkApproved(template, mapped, channel.name, channel.templates, check);
}

function checkVariable(value: ValueSource, setting: string, check: NodeCheck): void {
  if (value.source === 'python') check.add('python_unavailable', setting);
  if (value.source !== 'property') return;
  const found = findProperty(value.property, check.context);
  if (found.code) check.add(found.code, setting, { field: value.property.name });
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
