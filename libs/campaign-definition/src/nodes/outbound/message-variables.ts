import { findProperty } from '../../values/property.js';
import type { ValueSource } from '../../values/value-source.js';
import type { NodeCheck } from '../node-type.js';
import { readSource } from '../read-values.js';
import type { SettingsReader } from '../settings-reader.js';
import { hasBrokenPlace, placesOf } from './message-text.js';

/** A variable of a message, and where it gets its value. */
export interface MessageVariable {
  readonly variable: string;
  readonly value: ValueSource;
}

/** The most variables of one message. */
export const MESSAGE_VARIABLES_MAX = 100;
const VARIABLE_NAME = /^[A-Za-z0-9][A-Za-z0-9_]{0,63}$/;

/** The list `variables` of a settings object. */
export function readVariables(reader: SettingsReader, title: string): readonly MessageVariable[] {
  const rows = reader.list('variables', title, MESSAGE_VARIABLES_MAX) ?? [];
  return rows.map((row) => readVariable(row, title)).filter((variable) => variable !== undefined);
}

function readVariable(row: SettingsReader, title: string): MessageVariable | undefined {
  const variable = row.requiredText('variable', title, 64);
  if (variable !== undefined && !VARIABLE_NAME.test(variable)) return row.invalid('variable', title);
  const value = row.has('value')
    ? readSource(row, 'value', `Template variable ${variable ?? ''}`.trim())
    : row.missing('value', title);
  return variable === undefined || value === undefined ? undefined : { variable, value };
}

/** Every variable is mapped once, to something that exists. Answers the mapped names. `setting` is the path of the list. */
export function checkVariables(
  variables: readonly MessageVariable[],
  setting: string,
  check: NodeCheck,
): ReadonlySet<string> {
  const mapped = new Set<string>();
  for (const [index, { variable, value }] of variables.entries()) {
    if (mapped.has(variable)) check.add('template_variable_twice', `${setting}.${index}`, { variable });
    mapped.add(variable);
    checkValue(value, `${setting}.${index}`, check);
  }
  return mapped;
}

function checkValue(value: ValueSource, setting: string, check: NodeCheck): void {
  if (value.source === 'python') check.python(setting);
  if (value.source !== 'property') return;
  const found = findProperty(value.property, check.context);
  if (found.code) check.add(found.code, setting, { field: value.property.name });
}

/** A text of the message, with the setting it comes from. */
export interface WrittenText {
  readonly setting: string;
  readonly title: string;
  readonly text: string | undefined;
}

/** Every place of the texts has a variable, and every variable a place. */
export function checkPlaces(
  texts: readonly WrittenText[],
  variables: readonly MessageVariable[],
  setting: string,
  check: NodeCheck,
): void {
  const mapped = checkVariables(variables, setting, check);
  const places = new Set(texts.flatMap(({ text }) => placesOf(text ?? '')));
  for (const { text, setting: place, title } of texts)
    if (text !== undefined && hasBrokenPlace(text)) check.add('broken_place', place, { setting: title });
  for (const variable of places)
    if (!mapped.has(variable))
      check.add('missing_setting', `${setting}.${variable}`, { setting: `Template variable ${variable}` });
  for (const variable of mapped)
    if (!places.has(variable)) check.add('unused_variable', setting, { variable }, 'warning');
}
