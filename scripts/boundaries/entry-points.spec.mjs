import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Every `exports` of every package: the package's folder, the name behind the package's own, and the built file. */
function entryPoints() {
  return ['libs', 'services'].flatMap((folder) =>
    readdirSync(join(repository, folder)).flatMap((name) => {
      const manifest = join(repository, folder, name, 'package.json');
      if (!existsSync(manifest)) return [];
      const { exports = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
      return Object.entries(exports).map(([entry, { default: built }]) => ({
        path: `${folder}/${name}`,
        entry,
        built,
      }));
    }),
  );
}

/** Where the specs look for it, which run from the sources: `moduleNameMapper` of `jest.preset.js`. */
function sourcesOf(path, entry) {
  return entry === '.'
    ? [`${path}/src/index.ts`]
    : [`${path}/src${entry.slice(1)}/index.ts`, `${path}/src${entry.slice(1)}.ts`];
}

describe('an entry point of a package', () => {
  it('leads specs to the source of what it leads services to', () => {
    const found = entryPoints();
    expect(found.length).toBeGreaterThan(20);
    const elsewhere = found.filter(({ path, entry, built }) => {
      const source = sourcesOf(path, entry).find((each) => existsSync(join(repository, each)));
      return source !== `${path}/${built.replace('./dist/', '').replace(/\.js$/, '.ts')}`;
    });
    expect(elsewhere).toEqual([]);
  });
});
