import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PROBLEM_MESSAGES } from '../messages/problem-messages.js';

const document = readFileSync(new URL('../../../../docs/reference/activation-checks.md', import.meta.url), 'utf8');
const rows = document
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  .map(([code = '', kind = '', sentence = '']) => ({ code: code.replaceAll('`', ''), kind, sentence }));

describe('the document docs/reference/activation-checks.md', () => {
  it('has every code of a definition once, with its sentence', () => {
    const written = Object.fromEntries(rows.map(({ code, sentence }) => [code, sentence]));
    expect(written).toEqual(PROBLEM_MESSAGES);
    expect(rows).toHaveLength(Object.keys(PROBLEM_MESSAGES).length);
  });

  it('says of each whether it blocks', () => {
    for (const { kind } of rows) expect(['error', 'warning', 'refused']).toContain(kind);
  });
});
