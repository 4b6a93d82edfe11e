import { problem, type Problem } from '../problem.js';
import type { FieldDefinition } from './field-definition.js';
import {
  ENUMERATION_VALUES_MAX,
  FIELD_DESCRIPTION_MAX,
  FIELD_TITLE_MAX,
  FIELDS_MAX,
  isFieldType,
} from './field-definition.js';
import { trimWhiteSpace, VALUE_CHARACTERS_MAX } from './text-value.js';

const FIELD_NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** Names that mean something else in a CSV or an expression (A21, A74). */
export const RESERVED_FIELD_NAMES: readonly string[] = [
  'object_id',
  'timezone',
  'participant',
  'customer',
  'communication',
  'now',
  'today',
];

/** Why a name cannot be a field's (A74): a code, or undefined when it can. */
export function fieldNameProblem(name: string): 'invalid_field_name' | 'reserved_field_name' | undefined {
  if (!FIELD_NAME.test(name)) return 'invalid_field_name';
  return RESERVED_FIELD_NAMES.includes(name) ? 'reserved_field_name' : undefined;
}

/** Every rule of one campaign's fields, all problems at once. `setting` is `<field name>.<property>`. */
export function checkFields(fields: readonly FieldDefinition[]): readonly Problem[] {
  const problems: Problem[] = [];
  if (fields.length > FIELDS_MAX) problems.push(problem('too_many_fields', { max: FIELDS_MAX }));
  const names = new Set<string>();
  for (const field of fields.slice(0, FIELDS_MAX)) {
    const folded = field.name.toLowerCase();
    if (names.has(folded))
      problems.push(problem('field_name_taken', { field: field.name }, { setting: `${field.name}.name` }));
    names.add(folded);
    problems.push(...checkField(field));
  }
  return problems;
}

function checkField(field: FieldDefinition): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, setting: string, parameters: Record<string, string | number> = {}) =>
    problems.push(
      problem(
        code,
        { field: field.name.slice(0, 100), ...parameters },
        { setting: `${field.name.slice(0, 100)}.${setting}` },
      ),
    );
  const nameProblem = fieldNameProblem(field.name);
  if (nameProblem) add(nameProblem, 'name');
  if (trimWhiteSpace(field.title) === '') add('field_title_required', 'title');
  if (field.title.length > FIELD_TITLE_MAX) add('field_text_too_long', 'title', { max: FIELD_TITLE_MAX });
  if (field.description.length > FIELD_DESCRIPTION_MAX)
    add('field_text_too_long', 'description', { max: FIELD_DESCRIPTION_MAX });
  if (!isFieldType(field.type)) add('unknown_field_type', 'type');
  if (field.required && !field.import) add('required_without_import', 'required');
  if (field.type === 'enumeration') checkEnumeration(field.enumerationValues ?? [], add);
  return problems;
}

function checkEnumeration(
  values: readonly string[],
  add: (code: string, setting: string, parameters?: Record<string, string | number>) => void,
): void {
  const setting = 'enumerationValues';
  if (values.length === 0) add('enumeration_without_values', setting);
  if (values.length > ENUMERATION_VALUES_MAX)
    add('too_many_enumeration_values', setting, { max: ENUMERATION_VALUES_MAX });
  if (new Set(values).size !== values.length) add('enumeration_value_twice', setting);
  const unfit = values.some(
    (value) => value === '' || value !== trimWhiteSpace(value) || value.length > VALUE_CHARACTERS_MAX,
  );
  if (unfit) add('invalid_enumeration_value', setting);
}
