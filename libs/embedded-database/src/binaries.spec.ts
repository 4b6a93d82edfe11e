import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeLinks, moveInto } from './binaries.js';

describe('the links of the binaries', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'binaries-'));
    mkdirSync(join(folder, 'native', 'lib'), { recursive: true });
    writeFileSync(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' }];
    writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are made when they are missing and left when they are there', () => {
    expect([completeLinks(join(folder, 'native')), completeLinks(join(folder, 'native'))]).toEqual([true, true]);
    expect(readlinkSync(join(folder, 'native', 'lib', 'libpq.so'))).toBe('libpq.so.5.18');
    expect(readFileSync(join(folder, 'native', 'lib', 'libpq.so'), 'utf8')).toBe('library');
  });

  it('of a copy appear all at once, and the first of two copies stays', () => {
    const [first, second, place] = ['first', 'second', 'place'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const copy of [first, second]) {
      mkdirSync(copy);
      writeFileSync(join(copy, 'by'), copy);
    }
    moveInto(first, place);
    moveInto(second, place);
    expect(readFileSync(join(place, 'by'), 'utf8')).toBe(first);
  });
});
