import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(join(root, 'deploy', 'docker', 'Dockerfile'), 'utf8');

/** The lines of each service, by its name: what stands below `services:` indented by two and more. */
function servicesOf(text) {
  const [, body] = /^services:\n((?: .*\n|\n)+)/m.exec(text) ?? [];
  const parts = (body ?? '').split(/^ {2}(?=\S)/m).filter((part) => part.trim() !== '');
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

describe('docker-compose.yml', () => {
  it('passes dclint without a warning', () => {
    const program = join(root, 'node_modules', 'dclint', 'bin', 'dclint.cjs');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, '--max-warnings', '0', 'docker-compose.yml'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: expect.any(String) });
  });

  it.each([...servicesOf(compose)])('%s has a health check, a limit and a fixed version', (_, part) => {
    expect(part).toMatch(/^ {4}healthcheck:/m);
    expect(part).toMatch(/^ {10}memory: \S+/m);
    expect(part).toMatch(/^ {4}(image: \S+:\d+\.\d+(\.\d+)?$|build:)/m);
  });

  it('holds the parts the product uses at scale', () => {
    expect([...servicesOf(compose).keys()].toSorted()).toEqual(['kafka', 'poinciana', 'postgres', 'redis']);
  });
});

describe('the Dockerfile', () => {
  it('builds on fixed versions and does not run as root', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(bases).toHaveLength(2);
    for (const image of bases) expect(image).toMatch(/^node:\d+\.\d+\.\d+-/);
    expect(dockerfile).toMatch(/^USER node$/m);
  });
});
