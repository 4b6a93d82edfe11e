import { readdir } from 'node:fs/promises';
import type { Bench } from './bench.js';

const FOLDER = new URL('./benches/', import.meta.url);

/** The names of all benches: the folders beside this file. */
export async function benchNames(): Promise<readonly string[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted((one, other) => one.localeCompare(other));
}

/** The bench of a name out of `benchNames`. */
export async function benchOf(name: string): Promise<Bench> {
  const module: { bench: Bench } = await import(new URL(`${name}/index.js`, FOLDER).href);
  return module.bench;
}
