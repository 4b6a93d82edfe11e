import { join } from 'node:path';
import { installedProgram, root } from './root.mjs';
import { runNode } from './run.mjs';

/** Writes the code that is generated and not committed, where its sources changed. */
export async function generateMissing() {
  const code = await runNode([join(root, 'scripts', 'generate.mjs')], { quiet: true });
  if (code !== 0) throw new Error('Generating code failed; the reason is above.');
}

/** Compiles what changed, in the order of the references between the packages, and so checks all types. */
export function compile(...packages) {
  return runNode([installedProgram('typescript/bin/tsc'), '-b', ...packages]);
}

/** Generates and compiles what these packages (all when none is named) need and lack. Throws one sentence when that fails. */
export async function buildMissing(...packages) {
  await generateMissing();
  if ((await compile(...packages)) !== 0) throw new Error('The build failed; the reasons are above.');
}
