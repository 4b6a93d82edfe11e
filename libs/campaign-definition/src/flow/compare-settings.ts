import { isJsonObject, ownMember, type JsonValue } from '../json.js';

/** One setting that is not what it was; absent on the side where it was not set. */
export interface SettingChange {
  /** `durationHours`, `baseDate.offset.days`, `assignments.0.value` */
  readonly setting: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Every leaf in which two values differ, by its path. Lists are compared place by place. */
export function compareSettings(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): readonly SettingChange[] {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      compareSettings(memberOf(before, name), memberOf(after, name), path === '' ? name : `${path}.${name}`),
    );
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ setting: path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

type Branch = Extract<JsonValue, object>;

function isBranch(value: JsonValue | undefined): value is Branch {
  return isJsonObject(value) || Array.isArray(value);
}

function memberOf(branch: Branch, name: string): JsonValue | undefined {
  return isJsonObject(branch) ? ownMember(branch, name) : branch[Number(name)];
}
