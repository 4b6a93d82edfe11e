import { coerce, type FieldValue } from '../../fields/coerce.js';
import { phoneDigits } from '../../fields/contact-value.js';
import { looksAtPart, type Operator } from '../../values/operator.js';
import { findProperty, type Property } from '../../values/property.js';
import type { ValueSource } from '../../values/value-source.js';
import type { NodeCheck } from '../node-type.js';

/** Checks the right side of a comparison against the type of the left (A30, A56). */
export function checkOperand(
  source: ValueSource | undefined,
  setting: string,
  property: Property,
  operator: Operator,
  check: NodeCheck,
): void {
  switch (source?.source) {
    case undefined:
      return;
    case 'python':
      return check.python(setting);
    case 'today':
      if (property.type !== 'date' && property.type !== 'datetime')
        check.add('today_needs_date', setting, { type: property.type });
      return;
    case 'property': {
      const found = findProperty(source.property, check.context);
      if (found.property === undefined) return check.add(found.code, setting, { field: source.property.name });
      if (found.property.type !== property.type) {
        check.add('type_mismatch', setting, {
          field: found.property.title,
          type: found.property.type,
          expected: property.type,
        });
      }
      return;
    }
    case 'static':
      if (!isUsableStatic(source.value, property, operator)) {
        check.add('invalid_value', setting, { value: String(source.value).slice(0, 100), type: property.type });
      }
  }
}

function isUsableStatic(value: FieldValue, property: Property, operator: Operator): boolean {
  if (looksAtPart(operator)) return property.type !== 'phone' || (phoneDigits(String(value).trim()) ?? '') !== '';
  if (property.type === 'datetime' && coerce({ type: 'date' }, value, { zone: 'UTC' }).kind === 'value') return true;
  return coerce(property, value, { zone: 'UTC' }).kind === 'value';
}

/** A static range must not stand upside down (A31). */
export function checkRange(
  from: ValueSource | undefined,
  upTo: ValueSource | undefined,
  property: Property,
  check: NodeCheck,
): void {
  if (from?.source !== 'static' || upTo?.source !== 'static') return;
  const lower = coerce(property, from.value, { zone: 'UTC' });
  const upper = coerce(property, upTo.value, { zone: 'UTC' });
  if (lower.kind === 'value' && upper.kind === 'value' && lower.value > upper.value) check.add('invalid_range', 'upTo');
}
