import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCRIPTS = readdirSync(`${ROOT}scripts`, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => `${ROOT}scripts/${name}`);
const INSTALLED = /installedProgram\('([^']+)'\)/g;

test('every program that a script runs is where its package has it', () => {
  const programs = SCRIPTS.flatMap((script) =>
    [...readFileSync(script, 'utf8').matchAll(INSTALLED)].map(([, program]) => program),
  );
  expect(programs).toContain('nx/dist/bin/nx.js');
  expect(programs.filter((program) => !existsSync(`${ROOT}node_modules/${program}`))).toEqual([]);
});
