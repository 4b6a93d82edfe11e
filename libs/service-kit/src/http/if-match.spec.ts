import { describe, expect, test } from '@jest/globals';
import { RequestRefusal } from '../errors/problem.js';
import { parseIfMatch } from './if-match.js';

describe('if-match', () => {
  test.each([
    ['*', 'any'],
    [' * ', 'any'],
    ['"a"', ['a']],
    ['"a" , "b-1"', ['a', 'b-1']],
    ['W/"a", "b"', ['b']],
    ['""', ['']],
  ])('%s', (header, seen) => {
    expect(parseIfMatch(header)).toEqual(seen);
  });

  test.each(['a', '', '"a', '"a" "b"', '*, "a"', `"${'x'.repeat(101)}"`, Array(11).fill('"a"').join(',')])(
    'is refused: %s',
    (header) => {
      expect(() => parseIfMatch(header)).toThrow(RequestRefusal);
    },
  );
});
