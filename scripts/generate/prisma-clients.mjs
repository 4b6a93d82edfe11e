import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { hashOf, isUpToDate, stampInputs } from './up-to-date.mjs';

const require = createRequire(import.meta.url);

/** Every service with a schema of its own, by name. */
export function servicesWithSchema(root) {
  const services = join(root, 'services');
  return readdirSync(services)
    .filter((name) => existsSync(join(services, name, 'prisma/schema.prisma')))
    .sort();
}

/** Generates one Prisma client a service into `src/storage/prisma-client`. Answers the services that had something to do. */
export function generatePrismaClients(root) {
  return servicesWithSchema(root).filter((service) => generatePrismaClient(root, service));
}

function generatePrismaClient(root, service) {
  const schema = join(root, 'services', service, 'prisma/schema.prisma');
  const target = join(root, 'services', service, 'src/storage/prisma-client');
  const hash = hashOf([schema, import.meta.filename], require('prisma/package.json').version);
  if (isUpToDate(target, hash)) return false;
  rmSync(target, { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('prisma/build/index.js'), 'generate', '--schema', schema], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      // Prisma looks for its schema engine although generating needs none; any existing file keeps it from a download.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  if (!existsSync(target)) {
    throw new Error(`The generator of ${schema} must name the output "../src/storage/prisma-client".`);
  }
  stampInputs(target, hash);
  return true;
}
