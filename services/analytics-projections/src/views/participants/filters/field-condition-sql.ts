import {
  clampDay,
  type FieldType,
  type FieldValue,
  foldedEmail,
  formatDay,
  parseDay,
} from '@poinciana/campaign-definition';
import { literalPattern } from '../../../storage/like-pattern.js';
import { instantSql } from '../../../storage/local-time-sql.js';
import { FOLDED_CHARACTERS_MAX } from '../../folded-text.js';
import { type FieldCondition, isDay } from './field-condition.js';

/** Every field is called so; a name may stand in a statement as it is. */
const FIELD_NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** What a field of a participant is compared by; it never fails, whatever a row holds, and depends on nothing but the row. */
function fieldExpression(field: string, type: FieldType): string {
  if (!FIELD_NAME.test(field)) throw new RangeError('Not the name of a field');
  const text = `("values" ->> '${field}')`;
  if (isNumber(type)) return `(CASE WHEN json_typeof("values" -> '${field}') = 'number' THEN ${text}::float8 END)`;
  if (type === 'string') return `(normalize(${text}, NFC) COLLATE "C")`;
  if (type === 'email') return `(lower(normalize(${text}, NFC)) COLLATE "C")`;
  return `(${text} COLLATE "C")`;
}

/**
 * What an index on a field holds: a number, or as much of a text as an entry of an index takes. Compared with something shorter, that
 * part says the same as the whole.
 */
export function indexedExpression(field: string, type: FieldType): string {
  const whole = fieldExpression(field, type);
  return isNumber(type) ? whole : `(left(${whole}, ${FOLDED_CHARACTERS_MAX}))`;
}

function isNumber(type: FieldType): boolean {
  return type === 'integer' || type === 'numeric';
}

/** Puts a value among the parameters and answers how it is written. */
type Place = (value: unknown, type: string) => string;

/** The condition as SQL. */
export function fieldConditionSql(condition: FieldCondition, place: Place): string {
  const { field, type, operator, localZone } = condition;
  const whole = fieldExpression(field, type);
  const values = condition.values.map((value) => comparable(type, value));
  const isLong = values.some((value) => String(value).length >= FOLDED_CHARACTERS_MAX);
  const expression = isLong ? whole : indexedExpression(field, type);
  const one = () => place(values[0], isNumber(type) ? 'float8' : 'text');
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
      return `${whole} LIKE ${place(`%${literalPattern(String(values[0]))}%`, 'text')}`;
    case 'startsWith':
      return `${expression} LIKE ${place(`${literalPattern(String(values[0]))}%`, 'text')}`;
    case 'endsWith':
      return `${whole} LIKE ${place(`%${literalPattern(String(values[0]))}`, 'text')}`;
    default:
      if (localZone !== undefined) return localSql(condition, COMPARISONS[operator], localZone, place);
      return `${expression} ${COMPARISONS[operator]} ${one()}`;
  }
}

/** Compares two days, or two instants (A32). No zone is a day from UTC, so what an index holds of the datetime says which rows may match at all. */
function localSql({ field, values }: FieldCondition, comparison: string, zone: string, place: Place): string {
  const datetime = indexedExpression(field, 'datetime');
  const local = String(values[0]);
  const beside = (days: number) => formatDay(clampDay((parseDay(local) ?? 0) + days));
  const own = `coalesce(time_zone, ${place(zone, 'text')})`;
  const compared = isDay(local)
    ? `(${datetime}::timestamptz AT TIME ZONE ${own})::date ${comparison} ${place(local, 'date')}`
    : `${datetime}::timestamptz ${comparison} ${instantSql(place(local, 'timestamp'), own)}`;
  const parts = [
    `(CASE WHEN ${datetime} ~ '^\\d{4}-\\d\\d-\\d\\dT' AND pg_input_is_valid(${datetime}, 'timestamptz') THEN ${compared} END)`,
  ];
  if (!comparison.startsWith('<')) parts.push(`${datetime} >= ${place(beside(-1), 'text')}`);
  if (!comparison.startsWith('>')) parts.push(`${datetime} < ${place(`${beside(1)}~`, 'text')}`);
  return parts.join(' AND ');
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
