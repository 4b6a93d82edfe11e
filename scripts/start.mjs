#!/usr/bin/env node
// npm start: installs and builds what is missing, then becomes the standalone process, so that Ctrl-C reaches it directly.
import './steps/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { buildMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { root } from './steps/root.mjs';
import { timed } from './steps/run.mjs';

const standalone = join(root, 'services', 'standalone');

try {
  const { answer: installed, seconds: installSeconds } = await timed(installMissing);
  if (installed) console.log(`Installed in ${installSeconds} s.`);
  const { seconds: buildSeconds } = await timed(() => buildMissing(standalone));
  console.log(`Built in ${buildSeconds} s.`);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(standalone, 'dist', 'src', 'main.js')).href);
} catch (error) {
  // Standalone reports its own failures; what arrives here is a step before it, in one sentence.
  console.error(error.message);
  process.exitCode = 1;
}
