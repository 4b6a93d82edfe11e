import { join } from 'node:path';
import { compile } from './build.mjs';
import { installedProgram, root } from './root.mjs';
import { runNode } from './run.mjs';

/** What `npm run check` holds the sources to; each answers with an exit code. */
export const checks = [
  { name: 'types', run: () => compile() },
  {
    name: 'format',
    run: () => runNode([installedProgram('prettier/bin/prettier.cjs'), '--check', '--cache', '--log-level=warn', '.']),
  },
  { name: 'lint', run: () => runNode([installedProgram('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']) },
  { name: 'boundaries', run: () => runNode([join(root, 'scripts', 'boundaries', 'main.mjs')]) },
];

/** Runs all of them, also after one failed, and answers with those that did. */
export async function failedChecks() {
  const failed = [];
  for (const check of checks) {
    const passed = (await check.run()) === 0;
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${check.name}`);
    if (!passed) failed.push(check.name);
  }
  return failed;
}
