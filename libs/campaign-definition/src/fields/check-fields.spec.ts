import { describe, expect, it } from '@jest/globals';
import { checkFields, fieldNameProblem } from './check-fields.js';
import { SYSTEM_FIELDS, type FieldDefinition } from './field-definition.js';

const amount: FieldDefinition = {
  name: 'amount',
  title: 'Amount',
  description: '',
  type: 'numeric',
  level: 'participant',
  import: true,
  required: false,
  locked: false,
};

function codes(...fields: readonly FieldDefinition[]): readonly string[] {
  return checkFields(fields).map((problem) => `${problem.code} ${problem.setting ?? ''}`.trim());
}

describe('A74: field names', () => {
  it.each([
    ['amount', undefined],
    ['a', undefined],
    [`a${'b'.repeat(62)}`, undefined],
    [`a${'b'.repeat(63)}`, 'invalid_field_name'],
    ['Amount', 'invalid_field_name'],
    ['1st', 'invalid_field_name'],
    ['__proto__', 'invalid_field_name'],
    ['', 'invalid_field_name'],
    ['object_id', 'reserved_field_name'],
    ['timezone', 'reserved_field_name'],
    ['today', 'reserved_field_name'],
  ])('%p: %p', (name, expected) => expect(fieldNameProblem(name)).toBe(expected));
});

describe('the fields of a campaign', () => {
  it('the system fields are fine', () => expect(codes(...SYSTEM_FIELDS, amount)).toEqual([]));

  it('every problem is named at once', () => {
    const bad: FieldDefinition = {
      ...amount,
      name: 'Bad',
      title: ' ',
      import: false,
      required: true,
      type: 'enumeration',
    };
    expect(codes(amount, amount, bad)).toEqual([
      'field_name_taken amount.name',
      'invalid_field_name Bad.name',
      'field_title_required Bad.title',
      'required_without_import Bad.required',
      'enumeration_without_values Bad.enumerationValues',
    ]);
  });

  it('names are unique without regard to case, over both levels', () => {
    expect(codes(...SYSTEM_FIELDS, { ...amount, name: 'email' })).toEqual(['field_name_taken email.name']);
  });

  it.each([
    [['a', 'a'], 'enumeration_value_twice'],
    [[''], 'invalid_enumeration_value'],
    [[' a'], 'invalid_enumeration_value'],
    [Array.from({ length: 501 }, (_, index) => `v${index}`), 'too_many_enumeration_values'],
  ])('allowed values %#', (enumerationValues, code) => {
    expect(codes({ ...amount, type: 'enumeration', enumerationValues })).toEqual([`${code} amount.enumerationValues`]);
  });

  it('there are at most 200', () => {
    const many = Array.from({ length: 201 }, (_, index) => ({ ...amount, name: `f${index}` }));
    expect(codes(...many)).toEqual(['too_many_fields']);
  });
});
