import { DomainError } from '@poinciana/event-sourcing';
import {
  type FieldPlan,
  foldedFieldName,
  type PlannedField,
  type ItemProblem,
  type ReadingRules,
  readItem,
  type ReadItem,
} from '@poinciana/participant-file';

/**
 * Reads values that somebody changes by hand: only what is named counts, null clears, and what is required cannot be cleared.
 * Throws a `DomainError` that names every value that is not valid.
 */
export function readEdit(
  attributes: Readonly<Record<string, unknown>>,
  plan: FieldPlan,
  rules: ReadingRules,
  timeZone?: unknown,
): ReadItem {
  const given = new Map<PlannedField, unknown>();
  const problems: ItemProblem[] = [];
  for (const [name, value] of Object.entries(attributes)) {
    const field = plan.byFoldedName.get(foldedFieldName(name));
    if (field === undefined)
      problems.push({ field: name, value: '', code: 'unknown_field', reason: 'There is no such field.' });
    else given.set(field, value);
  }
  const raw = { number: 0, fields: [...given.keys()], values: [...given.values()], objectId: undefined, timeZone };
  const item = readItem(raw, rules);
  const refused = [...problems, ...item.problems.filter(({ code }) => code !== 'no_identity')];
  if (refused.length > 0)
    throw new DomainError('invalid_values', `Not valid: ${refused.map(({ field }) => field).join(', ')}.`, 'invalid', {
      problems: refused,
    });
  return { ...item, problems: [] };
}
