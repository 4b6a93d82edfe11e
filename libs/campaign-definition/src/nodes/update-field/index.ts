import { coerce } from '../../fields/coerce.js';
import { KEYS_NO_FLOW_WRITES, type FieldType } from '../../fields/field-definition.js';
import { describeSource, type ValueSource } from '../../values/value-source.js';
import { findProperty, propertyTitle, type Property, type PropertyReference } from '../../values/property.js';
import { OUT, type NodeCheck, type NodeType } from '../node-type.js';
import { readProperty, readSource } from '../read-values.js';
import { SettingsReader } from '../settings-reader.js';

export interface Assignment {
  readonly field: PropertyReference;
  readonly operation: 'set' | 'reset';
  readonly value?: ValueSource;
}

export interface UpdateFieldSettings {
  readonly assignments: readonly Assignment[];
}

/** The most assignments of one node. */
export const ASSIGNMENTS_MAX = 50;

export const updateField: NodeType<UpdateFieldSettings> = {
  type: 'update-field',
  kind: 'action',
  title: 'Update Field',
  howItWorks:
    'Sets or resets fields of the participant or the customer. All assignments of the node take effect, or none.',
  outputs: OUT,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    const rows = reader.list('assignments', 'Assignments', ASSIGNMENTS_MAX);
    if (rows === undefined || rows.length === 0) {
      if (reader.problems.length === 0) reader.missing('assignments', 'Assignments');
      return { draft: {}, problems: reader.problems };
    }
    const assignments = rows.map(readAssignment).filter((assignment) => assignment !== undefined);
    return { draft: { assignments }, problems: reader.problems };
  },
  check: (settings, check) => {
    for (const [index, assignment] of (settings.assignments ?? []).entries())
      checkAssignment(assignment, `assignments.${index}`, check);
  },
  summary: (settings, context) =>
    (settings.assignments ?? [])
      .map(({ field, value }) => {
        const title = propertyTitle(field, context);
        return value === undefined ? `reset ${title}` : `set ${title} to ${describeSource(value, context)}`;
      })
      .join('; '),
};

function readAssignment(reader: SettingsReader): Assignment | undefined {
  const field = reader.has('field') ? readProperty(reader, 'field', 'Attribute') : reader.missing('field', 'Attribute');
  const operation = reader.has('operation')
    ? reader.choice('operation', 'Operation', ['set', 'reset'])
    : reader.missing('operation', 'Operation');
  if (operation === 'reset') return field && { field, operation };
  if (operation === undefined) return undefined;
  const value = readNewValue(reader);
  return field && value && { field, operation, value };
}

/** An empty text is a value here: it resets (A22). */
function readNewValue(reader: SettingsReader): ValueSource | undefined {
  const group = reader.group('value', 'Value');
  if (group?.raw('source') === 'static' && !group.has('value')) return { source: 'static', value: '' };
  return reader.has('value') ? readSource(reader, 'value', 'Value') : reader.missing('value', 'Value');
}

function checkAssignment(assignment: Assignment, setting: string, check: NodeCheck): void {
  const field = assignment.field.name;
  if (assignment.field.group === 'communication')
    return check.add('result_not_writable', `${setting}.field`, { field });
  const found = findProperty(assignment.field, check.context);
  if (found.property === undefined) return check.add(found.code, `${setting}.field`, { field });
  if (KEYS_NO_FLOW_WRITES.includes(field)) return check.add('identity_key_not_writable', `${setting}.field`, { field });
  if (assignment.value) checkNewValue(assignment.value, found.property, `${setting}.value`, check);
}

function checkNewValue(source: ValueSource, target: Property, setting: string, check: NodeCheck): void {
  switch (source.source) {
    case 'python':
      return check.python(setting);
    case 'today':
      if (target.type !== 'date' && target.type !== 'datetime')
        check.add('today_needs_date', setting, { type: target.type });
      return;
    case 'static':
      if (coerce(target, source.value, { zone: 'UTC' }).kind === 'problem') {
        check.add('invalid_value', setting, { value: String(source.value).slice(0, 100), type: target.type });
      }
      return;
    case 'property': {
      const found = findProperty(source.property, check.context);
      if (found.property === undefined) return check.add(found.code, setting, { field: source.property.name });
      const { type, title } = found.property;
      if (!isAssignable(type, target.type))
        check.add('type_mismatch', setting, { field: title, type, expected: target.type });
    }
  }
}

/** A field takes a value of its own type; a string takes all, a numeric takes an integer. */
export function isAssignable(from: FieldType, to: FieldType): boolean {
  return from === to || to === 'string' || (from === 'integer' && to === 'numeric');
}
