#!/usr/bin/env node
// npm run bench -- <name> [--rows N] [--json] [--check]: installs and builds what is missing, then runs the bench.
import './steps/node-version.mjs';
import { join } from 'node:path';
import { buildMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { root } from './steps/root.mjs';
import { runNode } from './steps/run.mjs';

/** Batches live just long enough to be copied several times by Node's smallest collector; this halves what that costs. */
const nodeOptions = ['--max-semi-space-size=128'];

try {
  await installMissing();
  await buildMissing('bench');
  process.exitCode = await runNode([
    ...nodeOptions,
    join(root, 'bench', 'dist', 'src', 'main.js'),
    ...process.argv.slice(2),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
