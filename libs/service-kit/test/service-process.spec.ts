import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { InMemoryEventBus, type InMemoryTransaction } from '@poinciana/messaging';
import {
  createLog,
  describeSettings,
  processSettings,
  runServiceProcess,
  SettingsError,
  startServiceProcess,
  tokenSettings,
  type Adapters,
} from '../src/index.js';
import { demoService, demoSettings } from './demo-service.js';

let database: TestDatabase;
let emptyFolder: string;
const demo = demoService({ beforeBatch: async () => undefined, beforeSlowAnswer: async () => undefined });
const silent = createLog({ service: 'demo', level: 'silent' });

beforeAll(async () => {
  database = await startTestDatabase();
  emptyFolder = mkdtempSync(join(tmpdir(), 'poinciana-empty-'));
});
afterAll(async () => {
  await database.stop();
  rmSync(emptyFolder, { recursive: true });
});

function adapters(events: string[]): Adapters<InMemoryTransaction> {
  return {
    busMigrations: emptyFolder,
    openEventStore: ({ openPool }) => {
      const pool = openPool('event_log', 2);
      return {
        eventStore: new InMemoryEventStore(),
        prepare: async () => void events.push('store prepared'),
        close: async () => {
          events.push('store closed');
          await pool.end();
        },
      };
    },
    busOf: ({ definition, eventStore, report }) => {
      events.push(`bus of ${definition.name}`);
      return new InMemoryEventBus({ store: eventStore, report });
    },
  };
}

describe('the process of a service', () => {
  const secret = 'a-secret-of-more-than-thirty-two-characters';

  it('runs it on the adapters it is given, and closes the store last', async () => {
    const events: string[] = [];
    const environment = {
      DATABASE_URL: await database.createDatabase(),
      POINCIANA_TOKEN_SECRET: secret,
      POINCIANA_HTTP_PORT: '0',
      POINCIANA_HTTP_HOST: '127.0.0.1',
      POINCIANA_DEMO_GREETING: 'hi',
    };
    const running = await startServiceProcess(demo, adapters(events), environment, silent);
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
    const clock = await fetch(`${running.url}/api/test/clock`, { method: 'PUT' });
    expect(clock.status).toBe(401);
    await running.stop();
    expect(events).toEqual(['store prepared', 'bus of demo', 'store closed']);
  });

  it('ends also when the store does not: its connections may be lost', async () => {
    const environment = {
      DATABASE_URL: await database.createDatabase(),
      POINCIANA_TOKEN_SECRET: secret,
      POINCIANA_HTTP_PORT: '0',
    };
    const events: string[] = [];
    const given = adapters(events);
    const openEventStore: typeof given.openEventStore = (surroundings) => {
      const store = given.openEventStore(surroundings);
      return { ...store, close: async () => (await store.close(), new Promise(() => undefined)) };
    };
    const running = await startServiceProcess(demo, { ...given, openEventStore }, environment, silent);
    await expect(running.stop()).resolves.toBeUndefined();
    expect(events.at(-1)).toBe('store closed');
  });

  it('names everything that is wrong at once, before it opens anything', async () => {
    const events: string[] = [];
    const environment = { POINCIANA_HTTP_PORT: 'x', POINCIANA_TOKEN_SECRET: 'short', POINCIANA_OOPS: '1' };
    const failure = await startServiceProcess(demo, adapters(events), environment, silent).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(SettingsError);
    expect((failure as SettingsError).problems).toEqual([
      'DATABASE_URL is missing: The PostgreSQL database, with user and password.',
      'POINCIANA_HTTP_PORT must be a whole number from 0 to 65535, not "x".',
      'POINCIANA_TOKEN_SECRET must have at least 32 characters.',
      'POINCIANA_OOPS is not a setting of this process.',
    ]);
    expect(events).toEqual([]);
  });

  it('closes the store again when the rest cannot start', async () => {
    const events: string[] = [];
    const environment = {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/x',
      POINCIANA_TOKEN_SECRET: secret,
      POINCIANA_HTTP_PORT: '0',
    };
    await expect(startServiceProcess(demo, adapters(events), environment, silent)).rejects.toThrow();
    expect(events).toEqual(['store prepared', 'store closed']);
  });

  it('stops when a signal comes during its start, and not before that is through', async () => {
    const environment = {
      DATABASE_URL: await database.createDatabase(),
      POINCIANA_TOKEN_SECRET: secret,
      POINCIANA_HTTP_PORT: '0',
      POINCIANA_LOG_LEVEL: 'silent',
    };
    const events: string[] = [];
    const given = adapters(events);
    const ended = new Promise<void>((resolve) => {
      jest.spyOn(process, 'exit').mockImplementation(((code: number) => {
        events.push(`exit code ${code}`);
        resolve();
      }) as typeof process.exit);
    });
    const listeners = new Map<string | symbol, () => void>();
    jest.spyOn(process, 'on').mockImplementation((event: string | symbol, listener: () => void) => {
      listeners.set(event, listener);
      return process;
    });
    const openEventStore: typeof given.openEventStore = (surroundings) => {
      const prepare = async (): Promise<void> => {
        await new Promise((resolve) => setImmediate(resolve));
        listeners.get('SIGTERM')?.();
        events.push('signal');
      };
      return { ...given.openEventStore(surroundings), prepare };
    };
    jest.replaceProperty(process, 'env', { ...process.env, ...environment });
    await runServiceProcess(demo, { ...given, openEventStore });
    await ended;
    expect(events).toEqual(['signal', 'bus of demo', 'store closed', 'exit code 0']);
    jest.restoreAllMocks();
  });

  it('lists every setting it knows', () => {
    const names = describeSettings([processSettings, tokenSettings, demoSettings]).map(({ name }) => name);
    expect(names).toContain('DATABASE_URL');
    expect(names).toContain('POINCIANA_DEMO_GREETING');
    expect(names).toHaveLength(10);
  });
});
