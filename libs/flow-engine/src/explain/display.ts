import type { TracedValue } from '../run/flow-run.js';

/** A traced value for people; a missing one is written out. */
export function displayTraced(value: TracedValue | undefined): string {
  if (value === null || value === undefined) return 'not set';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
