import type { FieldValue } from '@poinciana/campaign-definition';
import { TRACED_CHARACTERS_MAX } from './bounds.js';
import type { TracedValue } from './flow-run.js';

const LIST_TRACED_MAX = 20;

/** A value as a trace keeps it: long texts cut and marked, never within a surrogate pair. */
export function tracedValue(value: FieldValue | null | undefined): FieldValue | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || value.length <= TRACED_CHARACTERS_MAX) return value;
  const cut = value.slice(0, TRACED_CHARACTERS_MAX - 1);
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}

/** The first values of a list. */
export function tracedList(values: readonly FieldValue[]): TracedValue {
  return values.slice(0, LIST_TRACED_MAX).map((value) => tracedValue(value) ?? '');
}
