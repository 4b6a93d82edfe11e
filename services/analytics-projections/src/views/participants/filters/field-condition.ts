import {
  coerce,
  type FieldDefinition,
  type FieldType,
  type FieldValue,
  looksAtPart,
  operandsOf,
  type Operator,
  OPERATORS_BY_TYPE,
  parseDate,
  parseLocalDatetime,
  phoneDigits,
  trimWhiteSpace,
} from '@poinciana/campaign-definition';
import { DomainError } from '@poinciana/event-sourcing';

export const FIELD_CONDITIONS_MAX = 10;
/** The longest text of a condition: a name, an operator and a list of values. */
export const CONDITION_CHARACTERS_MAX = 2_000;
const VALUES_MAX = 100;

/** A comparison of one field of a campaign with given values, as a Field Check makes it ([W]7). */
export interface FieldCondition {
  readonly field: string;
  readonly type: FieldType;
  readonly operator: Operator;
  /** Canonical values: none, one, two, or a list, as the operator takes. */
  readonly values: readonly FieldValue[];
  /**
   * Given where a datetime is compared with a day, `2026-11-20`, or with a time without an offset, `2026-11-20T10:00:00.000`: those of the
   * participant's zone, else of this one, the workspace's (A32).
   */
  readonly localZone?: string;
}

/**
 * Reads `due_date:isOnOrAfter:2026-11-20`, `amount:isBetween:1,5`, `city:inList:Berlin,Paris`, `email:isSet`. Throws a `DomainError`
 * for a field that the campaign does not have, an operator that its type does not, or a value that it cannot hold.
 */
export function parseFieldCondition(text: string, fields: readonly FieldDefinition[], zone: string): FieldCondition {
  const [, name = '', operatorName = '', raw] = /^([^:]*):([^:]*)(?::([\s\S]*))?$/.exec(text) ?? [];
  const field = fields.find((each) => each.name === name);
  if (field === undefined) throw refused(`The campaign has no field "${name.slice(0, 63)}"`);
  const operator = OPERATORS_BY_TYPE[field.type].find((each) => each === operatorName);
  if (operator === undefined)
    throw refused(`A field of the type ${field.type} offers ${OPERATORS_BY_TYPE[field.type].join(', ')}`);
  const condition = { field: name, type: field.type, operator };
  const local = field.type === 'datetime' && operandsOf(operator) === 'one' ? localOf(raw ?? '') : undefined;
  if (local !== undefined) return { ...condition, values: [local], localZone: zone };
  return { ...condition, values: valuesOf(field, operator, raw, zone) };
}

/** A day, or a time without an offset. */
function localOf(raw: string): string | undefined {
  const text = trimWhiteSpace(raw);
  return parseDate(text) ?? parseLocalDatetime(text);
}

/** Whether a local value is a day. */
export function isDay(local: string): boolean {
  return parseDate(local) !== undefined;
}

function valuesOf(
  field: FieldDefinition,
  operator: Operator,
  raw: string | undefined,
  zone: string,
): readonly FieldValue[] {
  const operands = operandsOf(operator);
  if (operands === 'none') return [];
  const texts = operands === 'one' ? [raw ?? ''] : (raw ?? '').split(',');
  if (operands === 'two' && texts.length !== 2) throw refused(`${operator} takes two values, separated by a comma`);
  if (texts.length > VALUES_MAX) throw refused(`A list has at most ${VALUES_MAX} values`);
  return texts.map((text) => valueOf(field, operator, text, zone));
}

function valueOf(field: FieldDefinition, operator: Operator, text: string, zone: string): FieldValue {
  if (looksAtPart(operator)) return partOf(field, text);
  const read = coerce(field, text, { zone });
  if (read.kind === 'value') return read.value;
  throw refused(read.kind === 'problem' ? `${field.name}: ${read.message}` : `${operator} needs a value`);
}

/** A part of an email or of a phone number need not be a whole one (A30). */
function partOf({ type, name }: FieldDefinition, text: string): string {
  const part = type === 'phone' ? (phoneDigits(text.trim()) ?? '') : text.normalize('NFC');
  if (part === '' || part.includes('\0')) throw refused(`${name}: there is nothing to look for`);
  return part;
}

function refused(sentence: string): DomainError {
  return new DomainError('invalid_filter', sentence);
}
