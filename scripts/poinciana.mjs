#!/usr/bin/env node
// npm run poinciana -- <command>: installs and builds what is missing, then operates the read models and the consumers.
import './steps/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { buildMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { root } from './steps/root.mjs';

const standalone = join(root, 'services', 'standalone');

try {
  await installMissing();
  await buildMissing(standalone);
  await import(pathToFileURL(join(standalone, 'dist', 'src', 'poinciana-main.js')).href);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
