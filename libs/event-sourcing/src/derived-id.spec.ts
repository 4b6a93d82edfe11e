import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { derivedId, derivedIdBeside } from './derived-id.js';

const NAMESPACE = 'b6a1c6d2-5d0f-5d0e-9c55-0f6f5a0f7c11';

test('an id is the UUIDv5 of its parts, whatever they hold and however long they are', () => {
  const part = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 1_000, maxLength: 1_100 }), fc.integer());
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      expect(derivedId(...parts)).toBe(v5(parts.join('\u0000'), NAMESPACE));
    }),
  );
});

test('ids in the log rest on it: they never change', () => {
  expect(derivedId('run', '0b5c', 7)).toBe(v5('run\u00000b5c\u00007', NAMESPACE));
  expect(derivedId('🦜'.repeat(2_000))).toBe(v5('🦜'.repeat(2_000), NAMESPACE));
  expect(derivedId('a', 'b')).not.toBe(derivedId('ab'));
});

test('an id beside another begins like it', () => {
  const owner = derivedId('campaign');
  const beside = derivedIdBeside(owner, 'person');
  expect(beside.slice(0, 8)).toBe(owner.slice(0, 8));
  expect(beside.slice(8)).toBe(derivedId(owner, 'person').slice(8));
});
