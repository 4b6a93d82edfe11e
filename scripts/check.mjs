#!/usr/bin/env node
// npm run check: types, format, lint and boundaries, as the tests hold them too.
import './steps/node-version.mjs';
import { generateMissing } from './steps/build.mjs';
import { failedChecks } from './steps/checks.mjs';
import { installMissing } from './steps/install.mjs';

try {
  await installMissing();
  await generateMissing();
  if ((await failedChecks()).length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
