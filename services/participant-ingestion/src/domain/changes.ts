import { type FieldType, type FieldValue, sameValue } from '@poinciana/campaign-definition';
import type { JsonObject, JsonValue } from '@poinciana/event-sourcing';
import type { GivenValues } from '@poinciana/participant-file';

export type { GivenValues };

/** What becomes of stored values when others are given. */
export interface ValueChanges {
  readonly changed: readonly string[];
  readonly values: JsonObject;
  /** The values before, of the changed fields that had one. */
  readonly previous: JsonObject;
}

/** All values of one participant, or of one profile, as JSON, in bytes (A38). */
export const VALUES_BYTES_MAX = 256 * 1024;
/** No character takes more bytes of JSON than `\u0000` does. */
const BYTES_A_CHARACTER_MAX = 6;
const BYTES_A_SCALAR_MAX = 32;

/** Applies given values; `undefined` when nothing changes. `select` says which of the given ones count here. */
export function changesOf(
  stored: JsonObject,
  given: GivenValues,
  types: ReadonlyMap<string, FieldType>,
  select?: ReadonlySet<string>,
): ValueChanges | undefined {
  let changed: string[] | undefined;
  for (const name in given) {
    if (select !== undefined && !select.has(name)) continue;
    if (!isSame(types.get(name) ?? 'string', storedValue(stored, name), given[name] ?? null))
      (changed ??= []).push(name);
  }
  return changed === undefined ? undefined : applied(stored, given, changed);
}

function applied(stored: JsonObject, given: GivenValues, changed: readonly string[]): ValueChanges {
  const values: Record<string, JsonValue | undefined> = { ...stored };
  const previous: Record<string, JsonValue | undefined> = {};
  for (const name of changed) {
    const before = storedValue(stored, name);
    if (before !== undefined) previous[name] = before;
    const value = given[name];
    if (value === undefined || value === null) delete values[name];
    else values[name] = value;
  }
  return { changed, values, previous };
}

/** A field may be called `constructor`, so only own members count. */
export function storedValue(stored: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(stored, name) ? stored[name] : undefined;
}

function isSame(type: FieldType, stored: JsonValue | undefined, given: FieldValue | null): boolean {
  if (stored === undefined || stored === null) return given === null;
  if (typeof stored === 'object') return false;
  return sameValue(type, stored as FieldValue, given);
}

/** Whether values are larger than one participant may hold. */
export function areTooLarge(values: JsonObject): boolean {
  let bytesMax = 2;
  for (const name in values) {
    const value = values[name];
    bytesMax +=
      name.length + 4 + (typeof value === 'string' ? value.length * BYTES_A_CHARACTER_MAX : BYTES_A_SCALAR_MAX);
  }
  return bytesMax > VALUES_BYTES_MAX && Buffer.byteLength(JSON.stringify(values)) > VALUES_BYTES_MAX;
}
