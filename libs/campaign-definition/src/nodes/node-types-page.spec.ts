import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { NODE_TYPES } from './registry.js';

const root = new URL('../../../../', import.meta.url);
const page = readFileSync(new URL('docs/reference/node-types.md', root), 'utf8');

it('the page docs/reference/node-types.md has every node type once, under its title', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| ([^|]+?) +\|/gm)].map(([, type, title]) => [type, title]);
  expect(rows).toEqual(NODE_TYPES.map(({ type, title }) => [type, title]));
});

it('every file that it names is there', () => {
  const files = [...page.matchAll(/`([a-z-]+\/[\w./-]+\.spec\.ts)`/g)].map(([, file]) => file ?? '');
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});
