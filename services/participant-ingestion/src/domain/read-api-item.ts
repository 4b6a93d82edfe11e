import {
  type FieldPlan,
  foldedFieldName,
  OBJECT_ID,
  type PlannedField,
  TIME_ZONE,
  type ItemWarning,
  itemProblem,
  itemWarning,
  type ReadingRules,
  readItem,
  reportedValue,
  type ReadItem,
  unreadableItem,
} from '@poinciana/participant-file';

const WARNINGS_MAX = 20;
const NAME_CHARACTERS_MAX = 100;

/** Reads one item of a request: `{attributes, timezone?, object_id?}`. Attributes without a field are ignored and told (A42). */
export function readApiItem(item: unknown, number: number, plan: FieldPlan, rules: ReadingRules): ReadItem {
  if (!isObject(item) || !isObject(item['attributes'])) return unreadableItem(number, itemProblem('invalid_item'));
  const given = new Map<PlannedField, unknown>();
  const warnings: ItemWarning[] = [];
  for (const [name, value] of Object.entries(item['attributes'])) {
    const field = plan.byFoldedName.get(foldedFieldName(name));
    if (field === undefined) {
      if (warnings.length < WARNINGS_MAX)
        warnings.push(itemWarning('ignored_attribute', reportedValue(name.slice(0, NAME_CHARACTERS_MAX))));
    } else if (given.has(field)) return unreadableItem(number, itemProblem('duplicate_attribute', field.name, value));
    else given.set(field, value);
  }
  const values = plan.importable.map((field) => given.get(field));
  const raw = { number, fields: plan.importable, values, objectId: item[OBJECT_ID], timeZone: item[TIME_ZONE] };
  return readItem(raw, rules, warnings);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
