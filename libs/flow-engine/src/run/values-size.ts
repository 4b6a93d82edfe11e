import { jsonBytes } from '@poinciana/campaign-definition';
import { VALUES_BYTES_MAX } from './bounds.js';
import type { Walk } from './walk.js';

/** No UTF-16 code unit takes more bytes of JSON than `\u0000` does. */
const BYTES_A_CHARACTER_MAX = 6;
const BYTES_A_FIELD_MAX = 128;

/** Whether the values of the participant, or of the profile, are more than may be kept (A38), as the nodes so far left them. */
export function areTooLarge(walk: Walk): boolean {
  return isLevelTooLarge(walk, 'participant') || isLevelTooLarge(walk, 'customer');
}

function isLevelTooLarge(walk: Walk, level: 'participant' | 'customer'): boolean {
  const values: Record<string, unknown> = {};
  let bytesAtMost = 2;
  for (const field of walk.input.fields.values()) {
    if (field.level !== level) continue;
    const value = walk.field(field.name);
    if (value === undefined) continue;
    values[field.name] = value;
    bytesAtMost += BYTES_A_FIELD_MAX + (typeof value === 'string' ? value.length * BYTES_A_CHARACTER_MAX : 0);
  }
  return bytesAtMost > VALUES_BYTES_MAX && jsonBytes(values) > VALUES_BYTES_MAX;
}
