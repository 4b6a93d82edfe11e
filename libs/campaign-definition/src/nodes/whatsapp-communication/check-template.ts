import type { ChannelDefinition } from '../../campaign-context.js';
import { findProperty } from '../../values/property.js';
import type { NodeCheck } from '../node-type.js';
import type { TemplateSettings } from './template-settings.js';

/** The template must be one of the channel's, and every variable mapped once, to something that exists. */
export function checkTemplate(template: TemplateSettings, channel: ChannelDefinition | undefined, check: NodeCheck): void {
  const mapped = new Set<string>();
  for (const [index, { variable, value }] of template.variables.entries()) {
    const setting = `template.variables.${index}`;
    if (mapped.has(variable)) check.add('template_variable_twice', setting, { variable });
    mapped.add(variable);
    if (value.source === 'python') check.add('python_unavailable', setting);
    if (value.source !== 'property') continue;
    const found = findProperty(value.property, check.context);
    if (found.code) check.add(found.code, setting, { field: value.property.name });
  }
  if (channel?.templates === undefined) return;
  const approved = channel.templates.find((candidate) => candidate.name === template.name && candidate.language === template.language);
  if (approved === undefined) return check.add('missing_template', 'template', { template: template.name, channel: channel.name });
  for (const variable of approved.variables) {
    if (!mapped.has(variable)) check.add('missing_setting', `template.variables.${variable}`, { setting: `Template variable ${variable}` });
  }
  for (const variable of mapped) {
    if (!approved.variables.includes(variable)) check.add('unknown_template_variable', 'template', { variable, template: template.name });
  }
}
