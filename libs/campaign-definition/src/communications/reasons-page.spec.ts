import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { REASON_CODES } from './reason-codes.js';
import { reason } from './reasons.js';

const page = readFileSync(new URL('../../../../docs/reference/reasons.md', import.meta.url), 'utf8');

it('docs/reference/reasons.md says of every code what the catalogue says, and knows no other', () => {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, code = '', sentence, advice]) => ({ code: code.replaceAll('`', ''), sentence, advice }));
  const catalogue = REASON_CODES.map((code) => reason(code));
  expect(rows.toSorted(byCode)).toEqual(catalogue.toSorted(byCode));
});

function byCode(one: { readonly code: string }, other: { readonly code: string }): number {
  return one.code < other.code ? -1 : 1;
}
