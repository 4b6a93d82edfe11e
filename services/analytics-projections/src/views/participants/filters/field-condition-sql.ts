import type { FieldType, FieldValue } from '@poinciana/campaign-definition';
import { foldedEmail } from '@poinciana/campaign-definition';
import { literalPattern } from '../../../storage/like-pattern.js';
import type { FieldCondition } from './field-condition.js';

/** Every field is called so; a name may stand in a statement as it is. */
const FIELD_NAME = /^[a-z][a-z0-9_]{0,62}$/;

/**
 * What a field of a participant is compared by. An index on it is an index on exactly this expression, so it never fails, whatever a
 * row holds, and depends on nothing but the row.
 */
export function fieldExpression(field: string, type: FieldType): string {
  if (!FIELD_NAME.test(field)) throw new RangeError('Not the name of a field');
  const text = `("values" ->> '${field}')`;
  if (type === 'integer' || type === 'numeric')
    return `(CASE WHEN json_typeof("values" -> '${field}') = 'number' THEN ${text}::float8 END)`;
  if (type === 'string') return `(normalize(${text}, NFC) COLLATE "C")`;
  if (type === 'email') return `(lower(normalize(${text}, NFC)) COLLATE "C")`;
  return `(${text} COLLATE "C")`;
}

/** The condition as SQL; `place` puts a value among the parameters and answers how it is written. */
export function fieldConditionSql(condition: FieldCondition, place: (value: unknown, type: string) => string): string {
  const { field, type, operator } = condition;
  const expression = fieldExpression(field, type);
  const isNumber = type === 'integer' || type === 'numeric';
  const values = condition.values.map((value) => comparable(type, value));
  const one = () => place(values[0], isNumber ? 'float8' : 'text');
  switch (operator) {
    case 'isSet':
      return `${expression} IS NOT NULL`;
    case 'isNotSet':
      return `${expression} IS NULL`;
    case 'isNotEqualTo':
      return `${expression} IS DISTINCT FROM ${one()}`;
    case 'isBetween':
      return `${expression} BETWEEN ${one()} AND ${place(values[1], 'float8')}`;
    case 'inList':
      return `${expression} = ANY(${place(values, 'text[]')})`;
    case 'contains':
      return `${expression} LIKE ${place(`%${literalPattern(String(values[0]))}%`, 'text')}`;
    case 'startsWith':
      return `${expression} LIKE ${place(`${literalPattern(String(values[0]))}%`, 'text')}`;
    case 'endsWith':
      return `${expression} LIKE ${place(`%${literalPattern(String(values[0]))}`, 'text')}`;
    default:
      return `${expression} ${COMPARISONS[operator]} ${one()}`;
  }
}

const COMPARISONS = {
  isEqualTo: '=',
  isLessThan: '<',
  isGreaterThan: '>',
  isLessThanOrEqualTo: '<=',
  isGreaterThanOrEqualTo: '>=',
  isBefore: '<',
  isAfter: '>',
  isOnOrBefore: '<=',
  isOnOrAfter: '>=',
} as const;

function comparable(type: FieldType, value: FieldValue): string | number {
  if (typeof value === 'number') return value;
  const text = String(value);
  return type === 'email' ? foldedEmail(text) : text.normalize('NFC');
}
