import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
const parts = Object.entries(compose.services);
/** What a process of ours holds beside its heap: the program, its buffers and its threads. */
const BESIDE_HEAP_MIB = 160;
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

  it.each(parts.filter(([, part]) => part.build !== undefined))('%s has a heap that fits into its limit', (_, part) => {
    const options = part.environment.NODE_OPTIONS;
    const mibOf = (option) => Number(new RegExp(`--${option}=(\\d+)(?: |$)`).exec(options)?.[1]);
    const [, amount, unit] = /^(\d+)([mg])$/.exec(part.deploy.resources.limits.memory);
    const limit = unit === 'g' ? amount * 1024 : Number(amount);
    expect(3 * mibOf('max-semi-space-size') + mibOf('max-old-space-size') + BESIDE_HEAP_MIB).toBeLessThanOrEqual(limit);
    // Nothing in a command line, which would win over it.
    expect([...part.command, dockerfile.match(/^ENTRYPOINT.*$/m)?.[0]].join(' ')).not.toMatch(/space-size/);
    expect(spawnSync(process.execPath, ['-e', ''], { env: { NODE_OPTIONS: options } }).status).toBe(0);
  });

  it('bounds what participant-ingestion holds of a file, however large it is', () => {
    expect(compose.services['participant-ingestion'].deploy.resources.limits.memory).toBe('512m');
  });

  it('holds every service and the parts it uses at scale', () => {
    const services = [
      'analytics-projections',
      'campaign-config',
      'communication-dispatch',
      'event-relay',
      'flow-execution',
      'participant-ingestion',
    ];
    const others = ['channel-simulator', 'kafka', 'postgres', 'redis'];
    expect(parts.map(([name]) => name).toSorted()).toEqual([...services, ...others].toSorted());
    for (const name of services) {
      const { command, environment, depends_on: dependsOn } = compose.services[name];
      expect(command).toEqual([`services/${name}/dist/src/main.js`]);
      expect(environment).toMatchObject({ POINCIANA_BUS: 'kafka', POINCIANA_KAFKA_BROKERS: 'kafka:9092' });
      expect(dependsOn).toEqual({
        kafka: { condition: 'service_healthy' },
        postgres: { condition: 'service_healthy' },
      });
    }
  });

  it('tells every service what a cluster on one machine tells it', () => {
    const told = readFileSync(join(root, 'services', 'cluster', 'src', 'composition', 'cluster.ts'), 'utf8');
    const own = readFileSync(join(root, 'services', 'cluster', 'src', 'composition', 'parts.ts'), 'utf8');
    // A cluster listens on the loopback interface only, and signs under the name of standalone.
    const local = ['POINCIANA_HTTP_HOST', 'POINCIANA_TOKEN_ISSUER', 'POINCIANA_TOKEN_AUDIENCE'];
    const names = [...`${told}${own}`.matchAll(/\b(DATABASE_URL|POINCIANA_[A-Z_]+)\b/g)].map(([, name]) => name);
    const inCompose = new Set(parts.flatMap(([, { environment }]) => Object.keys(environment ?? {})));
    expect([...new Set(names)].filter((name) => !inCompose.has(name)).toSorted()).toEqual(local.toSorted());
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
