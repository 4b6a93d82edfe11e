import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findViolations } from './rules.mjs';
import { readSourceTree } from './source-tree.mjs';

/** Holds the whole tree below `root` against the rules. Answers how many files it read and what is against a rule. */
export function checkBoundaries(root) {
  const files = readSourceTree(root);
  return { fileCount: files.length, violations: findViolations(files, servicesOf(root)) };
}

function servicesOf(root) {
  const folder = join(root, 'services');
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}
