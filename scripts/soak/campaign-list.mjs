import { readdir } from 'node:fs/promises';

const folder = new URL('./campaigns/', import.meta.url);

/** The names of all campaigns: the files in `campaigns/`. */
export async function campaignNames() {
  const files = await readdir(folder);
  return files.map((file) => file.replace(/\.mjs$/, '')).toSorted();
}

/**
 * `{ description, packages, program }` of a campaign. `packages` are built first. `program` is run with `--minutes` and `--seed`; the
 * last line that it prints is JSON: `{ findings, counts }`, what was wrong in sentences, and what was done in numbers.
 */
export async function campaignOf(name) {
  const { campaign } = await import(new URL(`${name}.mjs`, folder).href);
  return campaign;
}
