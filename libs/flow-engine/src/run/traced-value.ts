import type { FieldValue } from '@poinciana/campaign-definition';
import { LOG_LINES_MAX, TRACEBACK_CHARACTERS_MAX, TRACED_CHARACTERS_MAX } from './bounds.js';
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

/** The first values of a list, as many as are no longer than one value together. */
export function tracedList(values: readonly FieldValue[]): TracedValue {
  const traced: FieldValue[] = [];
  let characters = 0;
  for (const value of values.slice(0, LIST_TRACED_MAX)) {
    const each = tracedValue(value) ?? '';
    characters += String(each).length;
    if (traced.length > 0 && characters > TRACED_CHARACTERS_MAX) break;
    traced.push(each);
  }
  return traced;
}

/** The end of a traceback. */
export function tracedTraceback(traceback: string): string {
  if (traceback.length <= TRACEBACK_CHARACTERS_MAX) return traceback;
  const end = traceback.slice(1 - TRACEBACK_CHARACTERS_MAX);
  const first = end.charCodeAt(0);
  return `…${first >= 0xdc00 && first <= 0xdfff ? end.slice(1) : end}`;
}

/** The first lines of what a script logged. */
export function tracedLog(lines: readonly string[]): readonly string[] {
  return lines.slice(0, LOG_LINES_MAX).map((line) => String(tracedValue(line)));
}
