import type { JsonValue } from '../../json.js';
import type { SettingsReader } from '../settings-reader.js';

/** The most values of one `in list`. */
export const LIST_VALUES_MAX = 1_000;

export function readListValues(reader: SettingsReader): readonly (string | number | boolean)[] | undefined {
  const raw = reader.raw('values');
  if (raw === undefined) return reader.missing('values', 'Value');
  if (!Array.isArray(raw) || raw.length > LIST_VALUES_MAX) return reader.invalid('values', 'Value');
  const values = raw as readonly JsonValue[];
  if (values.length === 0) return reader.invalid('values', 'Value');
  return values.every(isPlainValue) ? values : reader.invalid('values', 'Value');
}

function isPlainValue(value: JsonValue): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
