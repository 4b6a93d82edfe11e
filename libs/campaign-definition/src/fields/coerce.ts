import { render } from '../messages/render.js';
import { VALUE_MESSAGES } from '../messages/value-messages.js';
import { foldedEmail, isEmailAddress, parsePhone } from './contact-value.js';
import type { DateFormat } from './date-value.js';
import { parseDate, parseDatetime } from './date-value.js';
import type { FieldType } from './field-definition.js';
import { parseBoolean, parseInteger, parseNumeric, withoutMinusZero } from './number-value.js';
import { hasUnstorableCharacter, trimWhiteSpace, VALUE_CHARACTERS_MAX } from './text-value.js';

/**
 * A value as it is stored and compared: number for integer and numeric, boolean, `YYYY-MM-DD` for date, ISO 8601 in UTC
 * with milliseconds for datetime, digits for phone, text for the rest.
 */
export type FieldValue = string | number | boolean;

/** What is needed of a field to read a value for it. */
export interface ValueShape {
  readonly type: FieldType;
  readonly enumerationValues?: readonly string[];
}

export interface CoercionContext {
  /** Where a datetime without an offset is read: the participant's zone, else the workspace's. */
  readonly zone: string;
  /** The upload's date format; ISO when absent. */
  readonly dateFormat?: DateFormat;
}

/** Missing leaves what is stored as it is; cleared resets it (A22). */
export type Coercion =
  | { readonly kind: 'value'; readonly value: FieldValue }
  | { readonly kind: 'missing' }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'problem'; readonly code: string; readonly message: string };

const MISSING: Coercion = { kind: 'missing' };
const CLEARED: Coercion = { kind: 'cleared' };

function refuse(code: string): Coercion {
  return { kind: 'problem', code, message: render(VALUE_MESSAGES, code) };
}

/**
 * Reads a raw value for a field: the one rule for CSV, API, Kafka, Update Field and Python ([F]1, A22, A26 to A29, A37 to A41).
 * Idempotent: a canonical value comes back as it is.
 */
export function coerce(field: ValueShape, raw: unknown, context: CoercionContext): Coercion {
  switch (typeof raw) {
    case 'string':
      return coerceText(field, raw, context);
    case 'undefined':
      return MISSING;
    case 'number':
      return coerceNumber(field, raw, context);
    case 'boolean':
      return field.type === 'boolean' ? { kind: 'value', value: raw } : coerceText(field, String(raw), context);
    default:
      return raw === null ? CLEARED : refuse('invalid_json_type');
  }
}

function coerceNumber(field: ValueShape, raw: number, context: CoercionContext): Coercion {
  if (!Number.isFinite(raw) || (Number.isInteger(raw) && !Number.isSafeInteger(raw) && field.type !== 'numeric')) {
    return refuse('unsafe_number');
  }
  if (field.type === 'numeric') return { kind: 'value', value: withoutMinusZero(raw) };
  if (field.type === 'integer')
    return Number.isInteger(raw) ? { kind: 'value', value: withoutMinusZero(raw) } : refuse('invalid_integer');
  return coerceText(field, String(withoutMinusZero(raw)), context);
}

function coerceText(field: ValueShape, raw: string, context: CoercionContext): Coercion {
  const text = trimWhiteSpace(raw);
  if (text === '') return MISSING;
  if (text.length > VALUE_CHARACTERS_MAX) return refuse('value_too_long');
  if (hasUnstorableCharacter(text)) return refuse('invalid_character');
  const value = parseText(field, text, context);
  return value === undefined ? refuse(`invalid_${field.type}`) : { kind: 'value', value };
}

function parseText(field: ValueShape, text: string, context: CoercionContext): FieldValue | undefined {
  switch (field.type) {
    case 'string':
      return text;
    case 'integer':
      return parseInteger(text);
    case 'numeric':
      return parseNumeric(text);
    case 'boolean':
      return parseBoolean(text);
    case 'date':
      return parseDate(text, context.dateFormat);
    case 'datetime':
      return parseDatetime(text, context.zone);
    case 'enumeration':
      return field.enumerationValues?.includes(text) ? text : undefined;
    case 'email':
      return isEmailAddress(text) ? text : undefined;
    case 'phone':
      return parsePhone(text);
  }
}

/** Whether a new canonical value is no change: emails without regard to case, texts after NFC (A26, A27). */
export function sameValue(
  type: FieldType,
  left: FieldValue | null | undefined,
  right: FieldValue | null | undefined,
): boolean {
  if (left === right) return true;
  if (typeof left !== 'string' || typeof right !== 'string') return (left ?? null) === (right ?? null);
  if (type === 'email') return foldedEmail(left) === foldedEmail(right);
  return type === 'string' && left.normalize('NFC') === right.normalize('NFC');
}
