import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { binaryArray } from './binary-array.js';
import { createPool } from './pool.js';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool({ url: database.url, schema: 'public', max: 2, applicationName: 'spec' });
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

/** What PostgreSQL makes of an array, element by element as text. */
async function asText(type: string, array: Buffer): Promise<readonly (string | null)[]> {
  const { rows } = await pool.query<{ value: string | null }>(
    `SELECT value::text FROM unnest($1::${type}[]) WITH ORDINALITY AS u (value, number) ORDER BY number`,
    [array],
  );
  return rows.map(({ value }) => value);
}

/** Each type with values as they are given and as PostgreSQL shows them. */
const TYPES: Readonly<Record<string, readonly [type: string, array: Buffer, shown: readonly (string | null)[]]>> = {
  uuid: [
    'uuid',
    binaryArray.uuid(['0b5c1f6e-0000-4fff-8000-ffffffffffff', null, '00000000-0000-0000-0000-000000000000']),
    ['0b5c1f6e-0000-4fff-8000-ffffffffffff', null, '00000000-0000-0000-0000-000000000000'],
  ],
  bool: ['bool', binaryArray.bool([true, null, false]), ['true', null, 'false']],
  int2: ['int2', binaryArray.int2([-32_768, undefined, 32_767]), ['-32768', null, '32767']],
  int4: ['int4', binaryArray.int4([-2_147_483_648, 0, 2_147_483_647]), ['-2147483648', '0', '2147483647']],
  int8: [
    'int8',
    binaryArray.int8([Number.MIN_SAFE_INTEGER, -1, 0, 4_294_967_296, Number.MAX_SAFE_INTEGER]),
    ['-9007199254740991', '-1', '0', '4294967296', '9007199254740991'],
  ],
  float8: ['float8', binaryArray.float8([0.1, -1e300, null]), ['0.1', '-1e+300', null]],
  text: ['text', binaryArray.text(['', 'žluť 日本 👩', null, '{"a",b\\}']), ['', 'žluť 日本 👩', null, '{"a",b\\}']],
  json: ['json', binaryArray.json(['{"b":1,"a":"\\u0000"}', null, '[]']), ['{"b":1,"a":"\\u0000"}', null, '[]']],
  timestamptz: [
    'timestamptz',
    binaryArray.timestamptz([
      '1999-12-31T23:59:59.999Z',
      new Date('2025-03-09T07:05:00.120Z'),
      0,
      null,
      '9999-12-31T23:59:59.999Z',
    ]),
    [
      '1999-12-31 23:59:59.999+00',
      '2025-03-09 07:05:00.12+00',
      '1970-01-01 00:00:00+00',
      null,
      '9999-12-31 23:59:59.999+00',
    ],
  ],
};

describe('binary arrays', () => {
  it.each(Object.values(TYPES))('of %s arrive as they were given', async (type, array, shown) => {
    expect(await asText(type, array)).toEqual(shown);
  });

  it('may be empty, and may hold nothing but NULL', async () => {
    expect(await asText('uuid', binaryArray.uuid([]))).toEqual([]);
    expect(await asText('text', binaryArray.text([]))).toEqual([]);
    expect(await asText('text', binaryArray.text([null, undefined]))).toEqual([null, null]);
  });

  it('of any texts and numbers arrive as they were given', async () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !/[\0\p{Surrogate}]/u.test(value));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), fc.array(fc.option(fc.maxSafeInteger())), async (texts, numbers) => {
        expect(await asText('text', binaryArray.text(texts))).toEqual(texts);
        expect(
          (await asText('int8', binaryArray.int8(numbers))).map((value) => (value === null ? null : Number(value))),
        ).toEqual(numbers);
      }),
      { numRuns: 50 },
    );
  });

  it.each<[string, () => Buffer]>([
    ['a short UUID', () => binaryArray.uuid(['0b5c1f6e'])],
    ['a UUID with other letters', () => binaryArray.uuid(['0b5c1f6e-0000-4fff-8000-fffffffffffg'])],
    ['a UUID with hyphens elsewhere', () => binaryArray.uuid(['0b5c1f6e0-000-4fff-8000-ffffffffffff'])],
    ['a number too large for int2', () => binaryArray.int2([32_768])],
    ['half an int4', () => binaryArray.int4([0.5])],
    ['an int8 that is not exact', () => binaryArray.int8([2 ** 53])],
    ['a day that does not exist', () => binaryArray.timestamptz(['someday'])],
  ])('refuse %s', (_, encode) => {
    expect(encode).toThrow(RangeError);
  });
});
