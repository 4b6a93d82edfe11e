import { TEMPLATE_CHARACTERS_MAX, TEMPLATE_NAME_CHARACTERS_MAX } from '../bounds.js';
import type { MessageContent } from '../ledger/accepted-message.js';
import { providerError } from './provider-error.js';
import { invalid, isObject, missing, type Reading } from './reading.js';
import type { MessageTemplate, PreparedTemplate, TemplateCollection } from './template.js';

type Parameters = Readonly<Record<string, string>>;

/** Reads `template` of a send request: it must exist in the language, be approved, and get each of its parameters. */
export function readTemplate(template: unknown, templates: TemplateCollection): Reading<MessageContent> {
  const found = findTemplate(template, templates);
  if ('error' in found) return found;
  const { prepared, components } = found.value;
  const parameters = readBodyParameters(components, prepared.places);
  if ('error' in parameters) return parameters;
  const text = prepared.fillIn(parameters.value);
  if (text.length > TEMPLATE_CHARACTERS_MAX) {
    const details = `body: translated text is ${text.length} characters, at most ${TEMPLATE_CHARACTERS_MAX}`;
    return { error: providerError(132005, details) };
  }
  const { name, language } = prepared.template;
  return { value: { type: 'template', name, language, text, parameters: parameters.value } };
}

function findTemplate(
  template: unknown,
  templates: TemplateCollection,
): Reading<{ prepared: PreparedTemplate; components: unknown }> {
  if (template === undefined) return missing('template');
  if (!isObject(template)) return invalid('Param template must be a JSON object');
  const { name, language, components } = template;
  if (name === undefined) return missing("template['name']");
  if (!isTemplateName(name)) return invalid("Param template['name'] must be the name of a template");
  if (!isObject(language) || typeof language.code !== 'string') return missing("template['language']['code']");
  const prepared = templates.find(name, language.code);
  if (!prepared) return { error: providerError(132001, `template name (${name}) does not exist in ${language.code}`) };
  const unusable = whyUnusable(prepared.template);
  return unusable ? { error: unusable } : { value: { prepared, components } };
}

function isTemplateName(name: unknown): name is string {
  return typeof name === 'string' && name.length > 0 && name.length <= TEMPLATE_NAME_CHARACTERS_MAX;
}

function whyUnusable(template: MessageTemplate) {
  switch (template.status) {
    case 'APPROVED':
      return undefined;
    case 'PAUSED':
      return providerError(132015);
    case 'DISABLED':
      return providerError(132016);
    case 'PENDING':
    case 'REJECTED':
      return providerError(132001, `template name (${template.name}) is not approved in ${template.language}`);
  }
}

function readBodyParameters(components: unknown, places: readonly string[]): Reading<Parameters> {
  if (components !== undefined && !Array.isArray(components))
    return invalid("Param template['components'] must be an array");
  const bodies = (components ?? []).filter(
    (component: unknown) => isObject(component) && component.type === 'body',
  ) as unknown[];
  if (bodies.length > 1) return invalid("Param template['components'] has more than one body");
  const body = bodies[0];
  const given: unknown = isObject(body) ? (body.parameters ?? []) : [];
  if (!Array.isArray(given)) return invalid("Param template['components']['parameters'] must be an array");
  if (given.length !== places.length) {
    const counts = `body: number of localizable_params (${given.length}) does not match the expected number of params (${places.length})`;
    return { error: providerError(132000, counts) };
  }
  return assign(given, places);
}

function assign(given: readonly unknown[], places: readonly string[]): Reading<Parameters> {
  const isNamed = places.some((place) => !/^\d+$/.test(place));
  const values: Record<string, string> = {};
  for (const [index, parameter] of given.entries()) {
    const text = readParameterText(parameter, index);
    if ('error' in text) return text;
    const place = isNamed && isObject(parameter) ? parameter.parameter_name : String(index + 1);
    if (typeof place !== 'string' || !places.includes(place) || values[place] !== undefined) {
      const details = `body: parameter ${index + 1} names no place of the template, or one that is filled already`;
      return { error: providerError(132012, details) };
    }
    values[place] = text.value;
  }
  return { value: values };
}

function readParameterText(parameter: unknown, index: number): Reading<string> {
  if (!isObject(parameter) || parameter.type !== 'text') {
    return { error: providerError(132012, `body: parameter ${index + 1} must be of type text`) };
  }
  const { text } = parameter;
  if (typeof text !== 'string' || text === '') return missing(`template body parameter ${index + 1}: text`);
  if (/[\n\t]| {5}/.test(text)) {
    return invalid('Param text cannot have new-line/tab characters or more than 4 consecutive spaces');
  }
  return { value: text };
}
