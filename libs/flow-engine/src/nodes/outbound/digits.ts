import { phoneDigits, type FieldValue } from '@poinciana/campaign-definition';

/** The digits of a number to write to or to call; undefined when there are none. */
export function digitsOf(value: FieldValue | undefined): string | undefined {
  const digits = value === undefined ? undefined : phoneDigits(String(value));
  return digits === '' ? undefined : digits;
}
