import { foldedEmail, type FieldType, type FieldValue, type Operator } from '@poinciana/campaign-definition';

/** Compares two canonical values that are both set. */
export type Compare = (left: FieldValue, right: FieldValue) => boolean;

/** Canonical dates and datetimes stand in the order of their texts, so one comparison serves all ordered types. */
export const COMPARE: Readonly<Partial<Record<Operator, Compare>>> = {
  isEqualTo: (left, right) => left === right,
  isNotEqualTo: (left, right) => left !== right,
  isLessThan: (left, right) => left < right,
  isGreaterThan: (left, right) => left > right,
  isLessThanOrEqualTo: (left, right) => left <= right,
  isGreaterThanOrEqualTo: (left, right) => left >= right,
  isBefore: (left, right) => left < right,
  isAfter: (left, right) => left > right,
  isOnOrBefore: (left, right) => left <= right,
  isOnOrAfter: (left, right) => left >= right,
  contains: (left, right) => String(left).includes(String(right)),
  startsWith: (left, right) => String(left).startsWith(String(right)),
  endsWith: (left, right) => String(left).endsWith(String(right)),
};

/** What two values are compared by: texts after NFC, emails without regard to case (A26). */
export function folding(type: FieldType): ((value: FieldValue) => FieldValue) | undefined {
  if (type === 'string') return (value) => (typeof value === 'string' ? value.normalize('NFC') : value);
  if (type === 'email') return (value) => (typeof value === 'string' ? foldedEmail(value) : value);
  return undefined;
}
