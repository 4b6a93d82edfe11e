import { expect, it } from '@jest/globals';
import { keptFileName } from './kept-file-name.js';

it.each([
  ['people.csv', 'people.csv'],
  [`${'x'.repeat(300)}.csv`, `${'x'.repeat(251)}.csv`],
  // 255 characters from the end begin inside of a pair.
  [`a${'😀'.repeat(130)}.csv`, `${'😀'.repeat(125)}.csv`],
])('keeps of the name %s its end, no half of a character', (name, kept) => {
  expect(keptFileName(name)).toBe(kept);
});

it.each([
  ['a\0.csv', 'unstorable_text'],
  ['\uD83D.csv', 'unstorable_text'],
  ['people.xlsx', 'not_csv'],
])('refuses the name %j', (name, code) => {
  expect(() => keptFileName(name)).toThrow(expect.objectContaining({ code }));
});
