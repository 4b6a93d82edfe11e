import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coerce, sameValue, type CoercionContext, type ValueShape } from './coerce.js';
import { parseLocalDatetime } from './date-value.js';
import { FIELD_TYPES, type FieldType } from './field-definition.js';

const utc: CoercionContext = { zone: 'UTC' };
const colours: ValueShape = { type: 'enumeration', enumerationValues: ['red', 'Light blue'] };

/** The value, or the code of the problem, or `missing` and `cleared`. */
function read(type: FieldType | ValueShape, raw: unknown, context: CoercionContext = utc): unknown {
  const result = coerce(typeof type === 'string' ? { type } : type, raw, context);
  if (result.kind === 'value') return result.value;
  return result.kind === 'problem' ? `!${result.code}` : result.kind;
}

describe('A22: absent, empty, null', () => {
  it.each(FIELD_TYPES)('%s: absent, empty and white space leave the value, null clears it', (type) => {
    expect(read(type, undefined)).toBe('missing');
    expect(read(type, '')).toBe('missing');
    expect(read(type, ' \t\u00a0\u0085\ufeff\n')).toBe('missing');
    expect(read(type, null)).toBe('cleared');
  });
});

describe('A26, A37, A38: texts', () => {
  it.each([
    ['trimmed, stored as given', '\u3000 Zoë  de\u0308 ', 'Zoë  de\u0308'],
    ['no-break space and next line are white space', '\u0085\u00a0x\u2028', 'x'],
    ['NUL', 'a\0b', '!invalid_character'],
    ['lone surrogate', 'a\ud800', '!invalid_character'],
    ['whole surrogate pair', '😀', '😀'],
    ['as long as allowed', 'x'.repeat(32_767), 'x'.repeat(32_767)],
    ['longer', 'x'.repeat(32_768), '!value_too_long'],
  ])('%s', (_name, raw, expected) => expect(read('string', raw)).toBe(expected));
});

describe('A41: JSON of another type', () => {
  it.each<[FieldType, unknown, unknown]>([
    ['string', 12, '12'],
    ['string', true, 'true'],
    ['phone', 491511234567, '491511234567'],
    ['string', 2 ** 53, '!unsafe_number'],
    ['integer', 2 ** 53, '!unsafe_number'],
    ['integer', 1.5, '!invalid_integer'],
    ['integer', 3.0, 3],
    ['integer', -0, 0],
    ['numeric', 1e300, 1e300],
    ['boolean', 1, true],
    ['boolean', false, false],
    ['integer', true, '!invalid_integer'],
    ['date', 20261124, '!invalid_date'],
    ['string', ['x'], '!invalid_json_type'],
    ['string', {}, '!invalid_json_type'],
    ['numeric', Number.NaN, '!unsafe_number'],
  ])('%s from %p', (type, raw, expected) => expect(read(type, raw)).toBe(expected));
});

describe('A39: numbers; booleans', () => {
  it.each<[FieldType, string, unknown]>([
    ['integer', '007', 7],
    ['integer', '+5', 5],
    ['integer', '-0', 0],
    ['integer', '1.0', '!invalid_integer'],
    ['integer', '1e3', '!invalid_integer'],
    ['integer', '9007199254740991', 9007199254740991],
    ['integer', '9007199254740992', '!invalid_integer'],
    ['integer', '٣', '!invalid_integer'],
    ['numeric', '.5', 0.5],
    ['numeric', '1.', 1],
    ['numeric', '-1e3', -1000],
    ['numeric', '1e999', '!invalid_numeric'],
    ['numeric', '0x10', '!invalid_numeric'],
    ['numeric', '1_000', '!invalid_numeric'],
    ['numeric', '1,5', '!invalid_numeric'],
    ['numeric', '1 000', '!invalid_numeric'],
    ['numeric', 'NaN', '!invalid_numeric'],
    ['numeric', 'Infinity', '!invalid_numeric'],
    ['numeric', '.', '!invalid_numeric'],
    ['boolean', 'YES', true],
    ['boolean', 'No', false],
    ['boolean', '1', true],
    ['boolean', 'y', '!invalid_boolean'],
  ])('%s from %p', (type, raw, expected) => expect(read(type, raw)).toBe(expected));
});

describe('A28: phones', () => {
  it.each([
    ['+49 (151) 123-45.67', '491511234567'],
    ['0049 151/1234567', '00491511234567'],
    ['+49\u00a0151\u20131234567', '491511234567'],
    ['1-800-FLOWERS', '!invalid_phone'],
    ['030 1234567 ext. 5', '!invalid_phone'],
    ['4.91512E+12', '!invalid_phone'],
    ['49+1511234567', '!invalid_phone'],
    ['123456', '!invalid_phone'],
    ['1234567890123456', '!invalid_phone'],
    ['٤٩١٥١١٢٣٤', '!invalid_phone'],
  ])('%p', (raw, expected) => expect(read('phone', raw)).toBe(expected));
});

describe('A85: emails', () => {
  it.each([
    'Alex@Example.com',
    "o'hara+tag@mail.example.co.uk",
    'jürgen@bücher.example',
    'почта@пример.рф',
    `${'a'.repeat(64)}@example.com`,
  ])('takes %p as given', (raw) => expect(read('email', raw)).toBe(raw));
  it.each([
    'Alex <alex@example.com>',
    '"a b"@example.com',
    'a@b',
    'a@@b.com',
    '.a@b.com',
    'a.@b.com',
    'a..b@c.com',
    'a b@c.com',
    'a@-b.com',
    'a@b-.com',
    'a@b..com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `a@${'b.'.repeat(130)}com`,
  ])('refuses %p', (raw) => expect(read('email', raw)).toBe('!invalid_email'));
});

describe('A29: dates', () => {
  it.each<[string, CoercionContext['dateFormat'], unknown]>([
    ['2026-11-24', undefined, '2026-11-24'],
    ['0001-01-01', undefined, '0001-01-01'],
    ['2024-02-29', undefined, '2024-02-29'],
    ['2026-02-29', undefined, '!invalid_date'],
    ['2026-11-31', undefined, '!invalid_date'],
    ['0000-01-01', undefined, '!invalid_date'],
    ['24.11.2026', undefined, '!invalid_date'],
    ['24.11.2026', 'DD.MM.YYYY', '2026-11-24'],
    ['4.1.2026', 'DD.MM.YYYY', '2026-01-04'],
    ['11/24/2026', 'MM/DD/YYYY', '2026-11-24'],
    ['24/11/2026', 'MM/DD/YYYY', '!invalid_date'],
    ['2026-11-24', 'MM/DD/YYYY', '2026-11-24'],
    ['24.11.26', 'DD.MM.YYYY', '!invalid_date'],
    ['2026-11-24T00:00', undefined, '!invalid_date'],
  ])('%p as %p', (raw, dateFormat, expected) =>
    expect(read('date', raw, dateFormat ? { zone: 'UTC', dateFormat } : utc)).toBe(expected),
  );
});

describe('A40, [C]6: datetimes', () => {
  it.each<[string, string, unknown]>([
    ['2026-06-30T14:00', 'Europe/London', '2026-06-30T13:00:00.000Z'],
    ['2026-06-30 14:00:05', 'UTC', '2026-06-30T14:00:05.000Z'],
    ['2026-06-30T14:00:05.123987Z', 'Europe/London', '2026-06-30T14:00:05.123Z'],
    ['2026-06-30T14:00:05.1+05:45', 'UTC', '2026-06-30T08:15:05.100Z'],
    ['2026-06-30T14:00+0545', 'UTC', '2026-06-30T08:15:00.000Z'],
    ['2026-06-30T14:00-03', 'UTC', '2026-06-30T17:00:00.000Z'],
    ['2026-06-30', 'Asia/Kathmandu', '2026-06-29T18:15:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['2026-06-30T24:00', 'UTC', '!invalid_datetime'],
    ['2026-06-30T23:59:60', 'UTC', '!invalid_datetime'],
    ['2026-06-30T14', 'UTC', '!invalid_datetime'],
    ['2026-06-30  14:00', 'UTC', '!invalid_datetime'],
    ['0001-01-01T00:00+14:00', 'UTC', '!invalid_datetime'],
    ['9999-12-31T23:59-01:00', 'UTC', '!invalid_datetime'],
  ])('%p in %s', (raw, zone, expected) => expect(read('datetime', raw, { zone })).toBe(expected));

  it.each([
    ['2026-06-30T14:00', '2026-06-30T14:00:00.000'],
    ['2026-06-30 14:00:05.123987', '2026-06-30T14:00:05.123'],
    ['2026-06-30', '2026-06-30T00:00:00.000'],
    ...['2026-06-30T14:00Z', '2026-06-30T14:00+02:00', '2026-06-31T14:00', '2026-06-30T24:00', ''].map(
      (text) => [text, undefined] as const,
    ),
  ])('%p without an offset: %s', (text, local) => expect(parseLocalDatetime(text)).toBe(local));
});

describe('enumerations', () => {
  it.each([
    [' Light blue ', 'Light blue'],
    ['light blue', '!invalid_enumeration'],
    ['constructor', '!invalid_enumeration'],
  ])('%p', (raw, expected) => expect(read(colours, raw)).toBe(expected));
});

describe('A27: what is no change', () => {
  it.each<[FieldType, string | number | boolean | undefined, string | number | boolean | null, boolean]>([
    ['email', 'A@example.com', 'a@EXAMPLE.com', true],
    ['string', 'A', 'a', false],
    ['string', 'e\u0301', 'é', true],
    ['enumeration', 'e\u0301', 'é', false],
    ['boolean', undefined, null, true],
    ['boolean', false, null, false],
    ['integer', 0, null, false],
    ['numeric', 1, 1, true],
  ])('%s %p and %p', (type, left, right, same) => expect(sameValue(type, left, right)).toBe(same));
});

describe('for any input', () => {
  const shapes = FIELD_TYPES.map((type): ValueShape => (type === 'enumeration' ? colours : { type }));
  const raws = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[0-9T:. +\-Z/]{0,30}$/),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.jsonValue(),
    fc.double(),
    fc.constantFrom('red', 'a@b.co', '+491511234567', '2026-11-24', 'yes', '1e3'),
  );
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
  );

  it('never throws, and is idempotent', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shapes), raws, zones, (shape, raw, zone) => {
        const first = coerce(shape, raw, { zone, dateFormat: 'DD.MM.YYYY' });
        if (first.kind !== 'value') return;
        expect(coerce(shape, first.value, { zone: 'UTC' })).toEqual(first);
        expect(sameValue(shape.type, first.value, first.value)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
