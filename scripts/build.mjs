#!/usr/bin/env node
// npm run build: installs and generates what is missing, then builds every package through Nx, which keeps what did not change.
import './steps/node-version.mjs';
import { generateMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { installedProgram } from './steps/root.mjs';
import { runNode } from './steps/run.mjs';

try {
  await installMissing();
  await generateMissing();
  process.exitCode = await runNode([
    installedProgram('nx/dist/bin/nx.js'),
    'run-many',
    '-t',
    'build',
    ...process.argv.slice(2),
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
