import type { FieldType } from '../fields/field-definition.js';

/** Every operator of a Field Check, in words. */
export const OPERATOR_TITLES = {
  isSet: 'is set',
  isNotSet: 'is not set',
  isEqualTo: 'is equal to',
  isNotEqualTo: 'is not equal to',
  isLessThan: 'is less than',
  isGreaterThan: 'is greater than',
  isLessThanOrEqualTo: 'is less than or equal to',
  isGreaterThanOrEqualTo: 'is greater than or equal to',
  isBetween: 'is between',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  inList: 'in list',
  isBefore: 'is before',
  isAfter: 'is after',
  isOnOrBefore: 'is on or before',
  isOnOrAfter: 'is on or after',
} as const;
export type Operator = keyof typeof OPERATOR_TITLES;
export const OPERATORS = Object.keys(OPERATOR_TITLES) as readonly Operator[];

const EVERY: readonly Operator[] = ['isSet', 'isNotSet', 'isEqualTo'];
const NUMBERS: readonly Operator[] = [
  ...EVERY,
  'isNotEqualTo',
  'isLessThan',
  'isGreaterThan',
  'isLessThanOrEqualTo',
  'isGreaterThanOrEqualTo',
  'isBetween',
];
const TEXTS: readonly Operator[] = [...EVERY, 'isNotEqualTo', 'contains', 'startsWith', 'endsWith', 'inList'];
const DATES: readonly Operator[] = [...EVERY, 'isBefore', 'isAfter', 'isOnOrBefore', 'isOnOrAfter'];

/** The operators that a field of each type offers, in the order of the list. */
export const OPERATORS_BY_TYPE: Readonly<Record<FieldType, readonly Operator[]>> = {
  integer: NUMBERS,
  numeric: NUMBERS,
  string: TEXTS,
  email: TEXTS,
  phone: TEXTS,
  date: DATES,
  datetime: DATES,
  enumeration: [...EVERY, 'isNotEqualTo', 'inList'],
  boolean: [...EVERY, 'isNotEqualTo'],
};

/** How many values an operator needs at its right side. */
export function operandsOf(operator: Operator): 'none' | 'one' | 'two' | 'list' {
  if (operator === 'isSet' || operator === 'isNotSet') return 'none';
  if (operator === 'isBetween') return 'two';
  return operator === 'inList' ? 'list' : 'one';
}

/** Operators that look at a part of a text: their value need not be a whole email or phone number (A30). */
export function looksAtPart(operator: Operator): boolean {
  return operator === 'contains' || operator === 'startsWith' || operator === 'endsWith';
}
