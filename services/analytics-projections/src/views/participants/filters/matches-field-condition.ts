import type { JsonObject, JsonValue } from '@poinciana/contracts';
import { COMPARE, folding } from '@poinciana/flow-engine';
import { clampDay, type FieldValue, formatDay, timeZone } from '@poinciana/campaign-definition';
import { type FieldCondition, isDay } from './field-condition.js';

interface Holder {
  readonly values: JsonObject;
  readonly timeZone: string | null;
}

/** Whether a participant meets a condition: by the comparisons of the engine itself. */
export function matchesFieldCondition({ values, timeZone: own }: Holder, condition: FieldCondition): boolean {
  const { field, operator, localZone } = condition;
  const stored = Object.hasOwn(values, field) ? values[field] : undefined;
  if (!isValue(stored)) return operator === 'isNotSet' || operator === 'isNotEqualTo';
  if (operator === 'isSet' || operator === 'isNotSet') return operator === 'isSet';
  return localZone === undefined ? compares(stored, condition) : comparesIn(own ?? localZone, stored, condition);
}

/** Compares days, or instants; never holds for a text that is no datetime. */
function comparesIn(zoneName: string, datetime: FieldValue, { operator, values }: FieldCondition): boolean {
  const instant = Date.parse(String(datetime));
  if (Number.isNaN(instant)) return false;
  const zone = timeZone(zoneName);
  const local = String(values[0]);
  const sides: readonly [FieldValue, FieldValue] = isDay(local)
    ? [formatDay(clampDay(zone.localDay(instant))), local]
    : [instant, zone.instantOf(Date.parse(`${local}Z`))];
  return COMPARE[operator]?.(...sides) ?? false;
}

function compares(stored: FieldValue, { type, operator, values }: FieldCondition): boolean {
  const fold = folding(type) ?? ((value: FieldValue) => value);
  const [left, ...right] = [fold(stored), ...values.map(fold)];
  if (operator === 'inList') return right.includes(left);
  const [first = '', second = ''] = right;
  if (operator === 'isBetween') return left >= first && left <= second;
  return COMPARE[operator]?.(left, first) ?? false;
}

function isValue(stored: JsonValue | undefined): stored is FieldValue {
  return typeof stored === 'string' || typeof stored === 'number' || typeof stored === 'boolean';
}
