import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkBoundaries } from './check.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

describe('the boundaries', () => {
  it('hold in this repository', () => {
    const { fileCount, violations } = checkBoundaries(repository);
    expect(violations).toEqual([]);
    expect(fileCount).toBeGreaterThan(50);
  });
});

describe('a made-up tree', () => {
  let root;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'boundaries-'));
    mkdirSync(join(root, 'services', 'billing', 'src'), { recursive: true });
    mkdirSync(join(root, 'services', 'shipping', 'src'), { recursive: true });
    mkdirSync(join(root, 'services', 'channel-simulator', 'src'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function violationsOf(path, text) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return checkBoundaries(root).violations;
  }

  it.each([
    ['services/shipping/src/main.ts', `import { x } from '@poinciana/billing';`, 'service imports service'],
    ['services/shipping/src/main.ts', `export * from '@poinciana/billing/events';`, 'service imports service'],
    ['services/shipping/src/main.ts', `import { x } from '@poinciana/channel-simulator';`, 'service imports service'],
    ['services/shipping/test/booted.ts', `import { x } from '@poinciana/billing';`, 'service imports service'],
    ['services/shipping/src/main.ts', `const billing = await import('@poinciana/billing');`, 'service imports service'],
    ['services/shipping/src/main.ts', `type X = import('@poinciana/billing').X;`, 'service imports service'],
    ['services/shipping/src/main.ts', `import { x } from '../../billing/src/index.js';`, 'import by a way round'],
    ['libs/money/src/index.ts', `import type { X } from '@poinciana/billing';`, 'library imports service'],
    ['services/shipping/src/domain/parcel.ts', `import { Injectable } from '@nestjs/common';`, 'domain is pure'],
    ['services/shipping/src/domain/parcel.ts', `import pg from 'pg';`, 'domain is pure'],
    ['services/shipping/src/domain/parcel.ts', `import { readFileSync } from 'node:fs';`, 'domain is pure'],
    ['services/shipping/src/domain/parcel.ts', `import { createHash } from 'crypto';`, 'domain is pure'],
    ['services/shipping/src/domain/parcel.ts', `import { Pool } from '@poinciana/database';`, 'domain is pure'],
    ['services/shipping/src/domain/parcel.ts', `export const id = () => crypto.randomUUID();`, 'domain is pure'],
    ['libs/flow-engine/src/run.ts', `import { setTimeout } from 'node:timers/promises';`, 'domain is pure'],
    ['libs/campaign-definition/src/field.ts', `import { PrismaClient } from '@prisma/client';`, 'domain is pure'],
    ['libs/event-sourcing/src/event.ts', `import { Kafka } from 'kafkajs';`, 'domain is pure'],
    [
      'services/shipping/src/domain/parcel.ts',
      `import { x } from '../handlers/send.js';`,
      'imports run towards the domain',
    ],
    [
      'services/shipping/src/handlers/send.ts',
      `import { x } from '../http/controller.js';`,
      'imports run towards the domain',
    ],
    [
      'services/shipping/src/storage/rows.ts',
      `import { x } from '../consumers/on-paid.js';`,
      'imports run towards the domain',
    ],
    ['libs/money/src/date-utils.ts', `export const x = 1;`, 'names'],
    ['libs/money/src/shared/coin.ts', `export const x = 1;`, 'names'],
    ['libs/money/src/types.ts', `export const x = 1;`, 'names'],
    ['libs/money/src/coin.ts', `export interface ICoin { value: number }`, 'names'],
    ['services/shipping/src/handlers/send.ts', `export const at = () => new Date();`, 'only the Clock reads the time'],
    ['libs/money/src/coin.ts', `export const at = () => Date.now();`, 'only the Clock reads the time'],
    ['libs/money/src/coin.ts', `export const x = 1 as unknown as string;`, 'no double assertion'],
  ])('%s with %s is against: %s', (path, text, rule) => {
    expect(violationsOf(path, text)).toEqual([expect.stringContaining(`${path}: ${rule}: `)]);
  });

  it.each([
    ['services/standalone/src/main.ts', `import { x } from '@poinciana/billing';`],
    ['services/shipping/test/booted.ts', `import { x } from '@poinciana/channel-simulator';`],
    ['services/shipping/src/main.ts', `import { x } from '@poinciana/shipping';\nimport pg from 'pg';`],
    [
      'services/shipping/src/main.ts',
      `// import { x } from '@poinciana/billing';\nexport const text = "import '@poinciana/billing'";`,
    ],
    [
      'services/shipping/src/http/controller.ts',
      `import { x } from '../handlers/send.js';\nimport { y } from '../domain/y.js';`,
    ],
    [
      'services/shipping/src/domain/parcel.ts',
      `import { x } from '@poinciana/event-sourcing';\nimport { y } from './y.js';`,
    ],
    ['services/shipping/src/domain/parcel.spec.ts', `import { readFileSync } from 'node:fs';\nconst at = new Date();`],
    ['libs/event-sourcing/src/testing/given.ts', `import { expect } from '@jest/globals';\nimport 'node:assert';`],
    ['libs/service-kit/src/clock/clock.ts', `export const at = () => new Date();`],
    [
      'libs/money/src/coin.ts',
      `export const at = (text: string) => new Date(text);\nexport interface Item { id: number }`,
    ],
  ])('%s with %s is fine', (path, text) => {
    expect(violationsOf(path, text)).toEqual([]);
  });
});
