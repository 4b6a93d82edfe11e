import type { FieldType, FieldValue, JsonObject } from '@poinciana/campaign-definition';

/**
 * A "Compared with" cell as a value source: `Today - 2 days`, `field x`, `field not set`, else what is typed, in quotes where blanks count. The value of
 * a field is put among `values`.
 */
export function readCell(
  side: string,
  field: { readonly type: FieldType; readonly name: string },
  values: Record<string, FieldValue>,
): JsonObject {
  const cell = side.trim();
  const today = /^Today(?: ([+-]) (\d+) (days|hours))?$/.exec(cell);
  if (today) {
    const [, sign, amount, unit] = today;
    if (unit === undefined) return { source: 'today' };
    return { source: 'today', offset: { [unit]: (sign === '-' ? -1 : 1) * Number(amount) } };
  }
  if (!cell.startsWith('field ')) return { source: 'static', value: cell.startsWith('"') ? cell.slice(1, -1) : cell };
  const value = cell.slice('field '.length);
  if (value !== 'not set') values[field.name] = readValue(value, field.type);
  return { source: 'property', property: { group: 'participant', name: field.name } };
}

function readValue(text: string, type: FieldType): FieldValue {
  if (type === 'integer' || type === 'numeric') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}
