import type { ValueSource } from '../../values/value-source.js';
import { readSource } from '../read-values.js';
import type { SettingsReader } from '../settings-reader.js';

/** An approved template and where each of its variables gets its value. */
export interface TemplateSettings {
  readonly name: string;
  readonly language: string;
  readonly variables: readonly TemplateVariable[];
}

export interface TemplateVariable {
  readonly variable: string;
  readonly value: ValueSource;
}

export const TEMPLATE_VARIABLES_MAX = 100;
const TITLE = 'Template message';
const VARIABLE_NAME = /^[A-Za-z0-9][A-Za-z0-9_]{0,63}$/;

export function readTemplate(reader: SettingsReader): TemplateSettings | undefined {
  const group = reader.group('template', TITLE);
  if (group === undefined) return reader.has('template') ? undefined : reader.missing('template', TITLE);
  const name = group.requiredText('name', TITLE, 512);
  const language = group.requiredText('language', TITLE, 32);
  const rows = group.list('variables', TITLE, TEMPLATE_VARIABLES_MAX) ?? [];
  const variables = rows.map(readVariable).filter((variable) => variable !== undefined);
  return name === undefined || language === undefined ? undefined : { name, language, variables };
}

function readVariable(row: SettingsReader): TemplateVariable | undefined {
  const variable = row.requiredText('variable', TITLE, 64);
  if (variable !== undefined && !VARIABLE_NAME.test(variable)) return row.invalid('variable', TITLE);
  const value = row.has('value')
    ? readSource(row, 'value', `Template variable ${variable ?? ''}`.trim())
    : row.missing('value', TITLE);
  return variable === undefined || value === undefined ? undefined : { variable, value };
}
