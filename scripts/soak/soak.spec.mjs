import { expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../steps/root.mjs';
import { campaignNames, campaignOf } from './campaign-list.mjs';
import { reportText } from './report.mjs';

it('each campaign names a program that has its source, in a package that is built', async () => {
  const names = await campaignNames();
  expect(names).toContain('cluster-faults');
  for (const name of names) {
    const { description, packages, program } = await campaignOf(name);
    expect(description.length).toBeGreaterThan(0);
    expect(packages.some((folder) => program.startsWith(`${folder}/dist/`))).toBe(true);
    const source = join(root, program.replace('/dist/', '/').replace(/\.js$/, '.ts'));
    expect(existsSync(source) && readFileSync(source, 'utf8')).toContain('--minutes');
  }
});

it('the report says what was done and what was wrong', () => {
  const results = [
    { name: 'one', findings: [], counts: { faults: 12 } },
    { name: 'other', findings: ['An event is lost'], counts: {} },
  ];
  const text = reportText({ day: '2026-11-28', minutes: 5, seed: 7, results });
  expect(text).toContain('5 minutes, seed 7');
  expect(text).toContain('## one: passed\n\n- faults: 12');
  expect(text).toContain('## other: failed\n\n- **An event is lost**');
});
