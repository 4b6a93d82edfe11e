import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
const parts = Object.entries(compose.services);
const dockerfile = readFileSync(join(root, 'deploy', 'docker', 'Dockerfile'), 'utf8');

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

  it.each(parts)('%s has a health check, a limit and a fixed version', (_, part) => {
    expect(part.healthcheck.test.length).toBeGreaterThan(0);
    expect(part.deploy.resources.limits.memory).toMatch(/^\d+[mg]$/);
    expect(part.image ?? `built:${part.build.dockerfile}`).toMatch(
      /^(\S+:\d+\.\d+(\.\d+)?|built:deploy\/docker\/Dockerfile)$/,
    );
  });

  it('holds every service and the parts it uses at scale', () => {
    const services = [
      'analytics-projections',
      'campaign-config',
      'communication-dispatch',
      'flow-execution',
      'participant-ingestion',
    ];
    expect(parts.map(([name]) => name).toSorted()).toEqual([...services, 'kafka', 'postgres', 'redis'].toSorted());
    for (const name of services) expect(compose.services[name].command).toEqual([`services/${name}/dist/src/main.js`]);
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
