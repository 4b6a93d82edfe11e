import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Inject, Module } from '@nestjs/common';
import { createPool } from '@poinciana/database';
import { startTestDatabase, type TestDatabase } from '@poinciana/embedded-database';
import { InMemoryEventStore } from '@poinciana/event-sourcing';
import { ConsumeEvents, InMemoryEventBus, type EventBatch, type InMemoryTransaction } from '@poinciana/messaging';
import {
  createLog,
  issueToken,
  NO_SETTINGS,
  packageFolder,
  runServices,
  Secret,
  SystemClock,
  type Role,
  type RunningServices,
  type ServiceDefinition,
} from '../src/index.js';
import { TOKENS, WORKSPACE } from './booted-demo.js';
import { demoService } from './demo-service.js';

const SEEN = Symbol('seen');
const seen: string[] = [];
const asked: string[] = [];

@Controller('notes')
class CountingController {
  constructor(@Inject(SEEN) private readonly ids: readonly string[]) {}

  @Get('count')
  count(): { readonly count: number } {
    return { count: this.ids.length };
  }

  @ConsumeEvents({ group: 'counting.notes', categories: ['note'] })
  async see({ events }: EventBatch): Promise<undefined> {
    seen.push(...events.map(({ id }) => id));
    return undefined;
  }
}

@Module({})
class CountingModule {}

const counting: ServiceDefinition = {
  name: 'counting',
  description: 'Counts notes.',
  schema: 'counting',
  prefix: 'counting',
  migrations: packageFolder(import.meta.url, 'test/demo-migrations'),
  settings: NO_SETTINGS,
  module: () => ({
    module: CountingModule,
    controllers: [CountingController],
    providers: [{ provide: SEEN, useValue: seen }],
  }),
};

const clock = new SystemClock();
let database: TestDatabase;
let running: RunningServices;

beforeAll(async () => {
  database = await startTestDatabase();
  const url = await database.createDatabase();
  const store = new InMemoryEventStore();
  running = await runServices<InMemoryTransaction>({
    definitions: [
      demoService({ beforeBatch: async () => undefined, beforeSlowAnswer: async () => undefined }),
      counting,
    ],
    eventStore: store,
    poolOf: ({ schema, name }) => createPool({ url, schema, max: 2, applicationName: name }),
    busOf: ({ definition, report }) => {
      asked.push(definition.name);
      return new InMemoryEventBus({ store, report });
    },
    clock,
    http: { host: '127.0.0.1', port: 0 },
    tokens: TOKENS,
    log: createLog({ service: 'standalone', level: 'silent' }),
  });
});
afterAll(async () => {
  await running.stop();
  await database.stop();
});

const tokenOf = (role: Role): Promise<string> =>
  issueToken(TOKENS, { workspace: WORKSPACE, role, subject: 'ada' }, 60, clock);

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${await tokenOf('operator')}`, 'content-type': 'application/json' };
  return fetch(running.url + path, { ...init, headers });
}

describe('two services in one process', () => {
  it('each have their prefix, schema, bus, consumers and pages', async () => {
    const write = await call('/api/demo/notes', { method: 'POST', body: '{"text":"one"}' });
    expect(write.status).toBe(201);
    const read = await call(`/api/demo/notes?waitFor=${write.headers.get('poinciana-position')}`);
    expect(await read.json()).toMatchObject({ notes: [{ text: 'one' }] });
    expect((await call('/api/counting/notes/count')).status).toBe(200);
    expect((await call('/api/demo/notes/count')).status).toBe(400);
    expect(asked.sort()).toEqual(['counting', 'demo']);
    const ready = (await (await call('/health/ready')).json()) as { parts: { part: string }[] };
    expect(ready.parts.map(({ part }) => part)).toEqual([
      'event log',
      'database of demo',
      'database of counting',
      'consumer counting.notes',
      'consumer demo.notes',
    ]);
    const pages = (await (await call('/api/counting/openapi.json')).json()) as { paths: object };
    expect(Object.keys(pages.paths)).toEqual([
      '/api/counting/notes/count',
      '/api/counting/dead-letters',
      '/api/counting/dead-letters/replay',
    ]);
  });

  it('nobody sets the time where it is real', async () => {
    const answer = await call('/api/test/clock', { method: 'PUT', body: '{"now":"2026-01-01T00:00:00Z"}' });
    expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'test_clock_off' })]);
  });

  it('do not start with a secret that keeps nobody out', async () => {
    const tokens = { ...TOKENS, secret: new Secret('short') };
    const options = {
      definitions: [],
      eventStore: new InMemoryEventStore(),
      clock,
      http: { host: '127.0.0.1', port: 0 },
      tokens,
    };
    const never = (): never => {
      throw new Error('Nothing is opened');
    };
    const log = createLog({ service: 'standalone', level: 'silent' });
    await expect(runServices({ ...options, log, poolOf: never, busOf: never })).rejects.toThrow(RangeError);
  });
});
