import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A program of an installed package, to be run with this Node: no shell and no wrapper in between. */
export function installedProgram(path) {
  return join(root, 'node_modules', path);
}
