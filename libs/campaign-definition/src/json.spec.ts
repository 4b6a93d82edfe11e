import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonBytes } from './json.js';

const codeUnits = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0x7f })))
  .map((codes) => String.fromCharCode(...codes));

test('the bytes of a value are those of its JSON, whatever stands in it', () => {
  const values = fc.oneof(
    fc.jsonValue(),
    codeUnits,
    fc.dictionary(codeUnits, fc.oneof(fc.jsonValue(), codeUnits, fc.constant(undefined))),
  );
  fc.assert(fc.property(values, (value) => expect(jsonBytes(value)).toBe(Buffer.byteLength(JSON.stringify(value)))));
  expect(jsonBytes('"\\\n\u0001\u{1f600}\ud83d')).toBe(2 + 2 + 2 + 2 + 6 + 4 + 6);
});
