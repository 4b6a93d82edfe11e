import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disagreements, documentedCodes } from './documented-codes.mjs';
import { codesIn, usedCodes } from './used-codes.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

describe('docs/errors.md', () => {
  const text = readFileSync(join(repository, 'docs', 'errors.md'), 'utf8');
  const documented = documentedCodes(text);

  it('has every code with its status, and no other', () => {
    expect(disagreements(documented, usedCodes(repository))).toEqual([]);
    expect(documented.length).toBeGreaterThan(40);
  });

  it('is in the order of the alphabet, table by table, and says something of each', () => {
    const tables = text.split(/^## /m).map((part) => documentedCodes(part).map(({ code }) => code));
    expect(tables).toEqual(tables.map((codes) => codes.toSorted()));
    expect(documented.filter(({ meaning }) => meaning.length < 10)).toEqual([]);
  });
});

describe('the codes of a made-up file', () => {
  const codesOf = (text, path = 'services/made-up/src/a.ts') =>
    codesIn(path, text).map(({ code, status }) => [String(code), status]);

  it.each([
    ["throw new DomainError('a_b', 'x')", [['a_b', 422]]],
    ["throw new DomainError('a_b', `x ${y}`, 'notFound', { z })", [['a_b', 404]]],
    ["throw new DomainError('a_b', x ? 'y' : 'z', kind)", [['a_b', undefined]]],
    ["throw new RequestRefusal(400, 'a_b', 'x')", [['a_b', 400]]],
    ['throw new DomainError(`a_${kind}_b`, x)', [['/^a_[a-z_]+_b$/', 422]]],
    [
      "const S = { a_b: 'x', c: 'y', d_e: 'z' }; throw new DomainError(code, S[code])",
      [
        ['a_b', 422],
        ['c', 422],
        ['d_e', 422],
      ],
    ],
    ["// new DomainError('a_b')\nconst text = \"new DomainError('c_d')\"", []],
    ["const x = { status: 414, code: 'a_b' }", []],
  ])('%s', (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  it.each([
    ["const x = { status: 414, code: 'a_b' }", [['a_b', 414]]],
    ["const x = { 409: 'conflict', 500: 'Something is broken' }", [['conflict', 409]]],
    ["const x = { E: [431, 'a_b', 'It is.'] }", [['a_b', 431]]],
    ["problemOf(417, 'a_b', 'It is.')", [['a_b', 417]]],
  ])('of the kit: %s', (text, codes) => {
    expect(codesOf(text, 'libs/service-kit/src/a.ts')).toEqual(codes);
  });
});

describe('a document', () => {
  const rows = documentedCodes(
    '| code | status | meaning |\n| --- | --- | --- |\n| `a_b` | 404, 409 | It is not there |\n',
  );
  const use = (code, status) => ({ code, status, path: 'p.ts' });

  it.each([
    ['that agrees', [use('a_b', 404), use('a_b', undefined), use(/^a_/, 409)], []],
    ['without a code', [use('a_b', 404), use('c_d', 422)], ['c_d of p.ts is not documented']],
    ['with a code that nothing uses', [], ['a_b is documented and nothing uses it']],
    ['with another status', [use('a_b', 422)], ['a_b is answered with 422 in p.ts, and documented with 404, 409']],
  ])('%s', (_, used, found) => {
    expect(disagreements(rows, used)).toEqual(found);
  });

  it('with a code twice', () => {
    expect(disagreements([...rows, ...rows], [use('a_b', 404)])).toEqual(['a_b is documented twice']);
  });
});
