import type { JsonObject, JsonValue } from '@poinciana/contracts';
import { COMPARE, folding } from '@poinciana/flow-engine';
import { clampDay, type FieldValue, formatDay, timeZone } from '@poinciana/campaign-definition';
import type { FieldCondition } from './field-condition.js';

interface Holder {
  readonly values: JsonObject;
  readonly timeZone: string | null;
}

/** Whether a participant meets a condition: by the comparisons of the engine itself. */
export function matchesFieldCondition({ values, timeZone: own }: Holder, condition: FieldCondition): boolean {
  const { field, operator, dayZone } = condition;
  const stored = Object.hasOwn(values, field) ? values[field] : undefined;
  if (!isValue(stored)) return operator === 'isNotSet' || operator === 'isNotEqualTo';
  if (operator === 'isSet' || operator === 'isNotSet') return operator === 'isSet';
  const left = dayZone === undefined ? stored : localDay(stored, own ?? dayZone);
  return left !== undefined && compares(left, condition);
}

/** The day of a datetime; undefined for what is none. */
function localDay(datetime: FieldValue, zone: string): string | undefined {
  const instant = Date.parse(String(datetime));
  return Number.isNaN(instant) ? undefined : formatDay(clampDay(timeZone(zone).localDay(instant)));
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
