import type { JsonObject, JsonValue } from '@poinciana/contracts';
import { COMPARE, folding } from '@poinciana/flow-engine';
import type { FieldValue } from '@poinciana/campaign-definition';
import type { FieldCondition } from './field-condition.js';

/** Whether values meet a condition: by the comparisons of the engine itself. */
export function matchesFieldCondition(values: JsonObject, condition: FieldCondition): boolean {
  const { field, operator } = condition;
  const stored = Object.hasOwn(values, field) ? values[field] : undefined;
  if (!isValue(stored)) return operator === 'isNotSet' || operator === 'isNotEqualTo';
  if (operator === 'isSet' || operator === 'isNotSet') return operator === 'isSet';
  return compares(stored, condition);
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
