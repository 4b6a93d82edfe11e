import { coerce, type FieldValue } from '../../fields/coerce.js';
import { describeSource, type ValueSource } from '../../values/value-source.js';
import { operandsOf, OPERATOR_TITLES, OPERATORS, OPERATORS_BY_TYPE, type Operator } from '../../values/operator.js';
import { findProperty, propertyTitle, type Property, type PropertyReference } from '../../values/property.js';
import { MATCH_AND_ELSE, type NodeCheck, type NodeType } from '../node-type.js';
import { readProperty, readSource } from '../read-values.js';
import { SettingsReader, type Draft } from '../settings-reader.js';
import { checkOperand, checkRange } from './check-operand.js';
import { LIST_VALUES_MAX, readListValues } from './list-values.js';

export interface FieldCheckSettings {
  readonly property: PropertyReference;
  readonly operator: Operator;
  /** The right side; for `is between` the lower bound. */
  readonly value?: ValueSource | undefined;
  /** The upper bound of `is between`, included. */
  readonly upTo?: ValueSource | undefined;
  /** The values of `in list`, unless `value` is a Python expression that gives them. */
  readonly values?: readonly (string | number | boolean)[] | undefined;
}

export const fieldCheck: NodeType<FieldCheckSettings> = {
  type: 'field-check',
  kind: 'condition',
  title: 'Field Check',
  howItWorks: 'Compares one property with a value. Match when the comparison is true, Else otherwise.',
  outputs: MATCH_AND_ELSE,
  readSettings: (settings) => {
    const reader = new SettingsReader(settings);
    const property = reader.has('property')
      ? readProperty(reader, 'property', 'Property')
      : reader.missing('property', 'Property');
    const operator = reader.has('operator')
      ? reader.choice('operator', 'Operator', OPERATORS)
      : reader.missing('operator', 'Operator');
    const operands = operator === undefined ? {} : readOperands(reader, operator);
    return { draft: { property, operator, ...operands }, problems: reader.problems };
  },
  check: checkFieldCheck,
  summary: (settings, context) => {
    if (settings.property === undefined) return 'Field Check';
    const left = propertyTitle(settings.property, context);
    if (settings.operator === undefined) return left;
    return [
      left,
      OPERATOR_TITLES[settings.operator],
      describeRight(settings, (source) => describeSource(source, context)),
    ]
      .filter((part) => part !== '')
      .join(' ');
  },
};

type Operands = Pick<Draft<FieldCheckSettings>, 'value' | 'upTo' | 'values'>;

function readOperands(reader: SettingsReader, operator: Operator): Operands {
  switch (operandsOf(operator)) {
    case 'none':
      return {};
    case 'list':
      return reader.has('value') && !reader.has('values') ? readAskedList(reader) : { values: readListValues(reader) };
    case 'two':
      return { value: readRequired(reader, 'value'), upTo: readRequired(reader, 'upTo') };
    case 'one':
      return { value: readRequired(reader, 'value') };
  }
}

/** Beside typed values only a Python expression gives a list. */
function readAskedList(reader: SettingsReader): Operands {
  const value = readSource(reader, 'value', 'Value');
  return { value: value === undefined || value.source === 'python' ? value : reader.invalid('value', 'Value') };
}

function readRequired(reader: SettingsReader, setting: string): ValueSource | undefined {
  return reader.has(setting) ? readSource(reader, setting, 'Value') : reader.missing(setting, 'Value');
}

function checkFieldCheck(settings: Draft<FieldCheckSettings>, check: NodeCheck): void {
  const { property: reference, operator } = settings;
  if (reference === undefined) return;
  const { property, code } = findProperty(reference, check.context);
  if (property === undefined) return check.add(code, 'property', { field: reference.name });
  if (operator === undefined) return;
  if (!OPERATORS_BY_TYPE[property.type].includes(operator)) {
    return check.add('operator_not_offered', 'operator', { operator: OPERATOR_TITLES[operator], type: property.type });
  }
  if (property.mayBeMissing && operandsOf(operator) !== 'none') {
    check.add('field_may_be_missing', 'property', { field: property.title }, 'warning');
  }
  checkOperand(settings.value, 'value', property, operator, check);
  checkOperand(settings.upTo, 'upTo', property, operator, check);
  checkRange(settings.value, settings.upTo, property, check);
  checkList(settings.values ?? [], property, check);
}

function checkList(values: readonly FieldValue[], property: Property, check: NodeCheck): void {
  for (const [index, value] of values.entries()) {
    if (coerce(property, value, { zone: 'UTC' }).kind === 'value') continue;
    check.add('invalid_value', `values.${index}`, { value: shown(value) });
  }
}

function shown(value: string | number | boolean): string {
  return String(value).slice(0, 100);
}

/** The right side of a comparison in words, given how a source reads. */
export function describeRight(settings: Operands, describe: (source: ValueSource) => string): string {
  if (settings.values !== undefined)
    return settings.values.slice(0, LIST_SHOWN_MAX).join(', ') + (settings.values.length > LIST_SHOWN_MAX ? ', …' : '');
  if (settings.value === undefined) return '';
  return settings.upTo === undefined
    ? describe(settings.value)
    : `${describe(settings.value)} and ${describe(settings.upTo)}`;
}

const LIST_SHOWN_MAX = 5;
export { LIST_VALUES_MAX };
