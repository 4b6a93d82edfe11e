#!/usr/bin/env node
// Writes everything that is derived from a source and not committed: the types of proto/ and one Prisma client a service.
// What is up to date is left alone. Needs no network.
import { join } from 'node:path';
import { generateContracts } from './generate/contracts.mjs';
import { generatePrismaClients } from './generate/prisma-clients.mjs';

const root = join(import.meta.dirname, '..');

try {
  const done = [
    ...(generateContracts(root) ? ['contracts'] : []),
    ...generatePrismaClients(root).map((service) => `prisma client of ${service}`),
  ];
  console.log(done.length === 0 ? 'Generated code is up to date.' : `Generated: ${done.join(', ')}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
