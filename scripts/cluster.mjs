#!/usr/bin/env node
// npm run cluster: installs and builds what is missing, then becomes the process that looks after all others.
import './steps/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { buildMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { root } from './steps/root.mjs';
import { timed } from './steps/run.mjs';

const cluster = join(root, 'services', 'cluster');

try {
  await installMissing();
  const { seconds } = await timed(() => buildMissing(cluster));
  console.log(`Built in ${seconds} s.`);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(cluster, 'dist', 'src', 'main.js')).href);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
