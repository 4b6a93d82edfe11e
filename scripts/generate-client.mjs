#!/usr/bin/env node
// npm run generate:client [-- --check]: writes the types of libs/api-client from the services' OpenAPI documents, or says which are out of date.
import './steps/node-version.mjs';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openApiDocuments } from './client/openapi-documents.mjs';
import { buildMissing } from './steps/build.mjs';
import { installMissing } from './steps/install.mjs';
import { root } from './steps/root.mjs';

const client = join(root, 'libs', 'api-client');
const folder = join(client, 'src', 'generated');

try {
  await installMissing();
  await buildMissing(join(root, 'services', 'standalone'));
  // The generator is installed where only this client sees it.
  const generator = createRequire(join(client, 'package.json'))('openapi-typescript');
  const outOfDate = [];
  mkdirSync(folder, { recursive: true });
  for (const [prefix, document] of await openApiDocuments()) {
    const text = `// Written by npm run generate:client.\n${generator.astToString(await generator.default(document))}`;
    const file = join(folder, `${prefix}.ts`);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    outOfDate.push(prefix);
    if (!process.argv.includes('--check')) writeFileSync(file, text);
  }
  report(outOfDate);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
process.exit();

function report(outOfDate) {
  if (outOfDate.length === 0) console.log('The client is up to date.');
  else if (process.argv.includes('--check')) {
    console.error(
      `The client is out of date: ${outOfDate.join(', ')}. Run npm run generate:client and commit what it writes.`,
    );
    process.exitCode = 1;
  } else console.log(`Generated: ${outOfDate.join(', ')}.`);
}
