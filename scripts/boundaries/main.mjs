#!/usr/bin/env node
// Says where an import, a name or a call crosses a boundary that the architecture draws.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkBoundaries } from './check.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const { fileCount, violations } = checkBoundaries(root);
for (const violation of violations) console.error(violation);
if (fileCount === 0) console.error('No source file was found, which cannot be right.');
process.exitCode = violations.length > 0 || fileCount === 0 ? 1 : 0;
