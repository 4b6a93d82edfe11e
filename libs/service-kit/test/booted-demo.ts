import { Writable } from 'node:stream';
import { createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { InMemoryEventBus, type InMemoryTransaction } from '@poinciana/messaging';
import type { Pool } from 'pg';
import {
  createLog,
  issueToken,
  runServices,
  Secret,
  TestClock,
  type Environment,
  type Role,
  type RunningServices,
  type RunServicesOptions,
} from '../src/index.js';
import { demoService, type DemoFaults } from './demo-service.js';

export const NOW = new Date('2026-03-01T10:00:00.000Z');
export const WORKSPACE = '0b5c7d2e-0000-4000-8000-000000000001';
export const OTHER_WORKSPACE = '0b5c7d2e-0000-4000-8000-000000000002';
export const TOKENS = {
  secret: new Secret('0123456789abcdef0123456789abcdef'),
  issuer: 'poinciana',
  audience: 'poinciana',
};

/** The demo service, booted on a database of its own and in-memory twins of log and bus. */
export interface BootedDemo {
  readonly running: RunningServices;
  readonly clock: TestClock;
  readonly store: InMemoryEventStore;
  readonly pool: Pool;
  readonly faults: DemoFaults;
  lines(): readonly Record<string, unknown>[];
  token(role: Role, workspace?: string): Promise<string>;
}

let database: TestDatabase | undefined;

export async function bootDemo(
  environment: Environment = {},
  changes: Partial<RunServicesOptions<InMemoryTransaction>> = {},
): Promise<BootedDemo> {
  database ??= await startTestDatabase();
  const url = await database.createDatabase();
  const output: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      output.push(String(chunk));
      done();
    },
  });
  const clock = new TestClock(NOW);
  const store = new InMemoryEventStore();
  const pool = createPool({ url, schema: 'demo', max: 5, applicationName: 'demo' });
  const faults: DemoFaults = { beforeBatch: async () => undefined, beforeSlowAnswer: async () => undefined };
  const running = await runServices<InMemoryTransaction>({
    definitions: [demoService(faults)],
    eventStore: store,
    poolOf: () => pool,
    busOf: ({ report }) => new InMemoryEventBus({ store, report }),
    clock,
    http: { host: '127.0.0.1', port: 0, bodyBytesMax: 10_000 },
    tokens: TOKENS,
    log: createLog({ service: 'demo', level: 'debug' }, sink),
    environment,
    ...changes,
  });
  return {
    running,
    clock,
    store,
    pool,
    faults,
    lines: () =>
      output
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    token: (role, workspace = WORKSPACE) => issueToken(TOKENS, { workspace, role, subject: 'ada' }, 3_600, clock),
  };
}

export async function endDemo(): Promise<void> {
  await database?.stop();
  database = undefined;
}
