import { expect, test } from '@jest/globals';
import { jsonBytes } from './json.js';

test('the bytes of a value are those of its JSON in UTF-8, and none for what JSON leaves out', () => {
  expect(jsonBytes('"\\\n\u0001\u{1f600}\ud83d')).toBe(2 + 2 + 2 + 2 + 6 + 4 + 6);
  expect(jsonBytes({ name: 'Zoë', gone: undefined })).toBe('{"name":"Zoë"}'.length + 1);
  expect(jsonBytes(undefined)).toBe(0);
});
