import { Writable } from 'node:stream';
import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { EventStore } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { LogEventBus, messagingLogMigrations } from '@poinciana/messaging-log';
import type { Pool } from 'pg';
import { createLog, issueToken, type Role, runServices, Secret, TestClock } from '@poinciana/service-kit';
import { analyticsProjections } from '../src/index.js';

const TOKENS = { secret: new Secret('0123456789abcdef0123456789abcdef'), issuer: 'poinciana', audience: 'poinciana' };
const clock = new TestClock(new Date('2026-11-20T09:00:00.000Z'));

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** The service on a PostgreSQL of its own: log, bus and tables are the real ones. */
export interface BootedViews {
  readonly store: EventStore;
  /** On the whole database, for specs that break something. */
  readonly pool: Pool;
  readonly url: string;
  token(workspace: string): Promise<string>;
  /** Everything that was logged. */
  logged(): string;
  get(path: string, workspace: string, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response>;
  send(method: Method, path: string, workspace: string, role: Role, body?: object): Promise<Response>;
  stop(): Promise<void>;
}

export async function bootViews(): Promise<BootedViews> {
  const database = await startTestDatabase();
  const pool = createPool({ url: database.url, schema: EVENT_LOG_SCHEMA, max: 4, applicationName: 'views-spec-log' });
  await applyEventLogMigrations(pool);
  const store = new PostgresEventStore({ pool });
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const running = await runServices({
    definitions: [analyticsProjections],
    eventStore: store,
    poolOf: ({ schema }) => createPool({ url: database.url, schema, max: 8, applicationName: 'views-spec' }),
    busOf: ({ pool: own, report }) => new LogEventBus({ store, pool: own, report }),
    clock,
    http: { host: '127.0.0.1', port: 0 },
    tokens: TOKENS,
    log: createLog({ service: 'analytics-projections', level: 'debug' }, sink),
    migrationsEach: [messagingLogMigrations],
  });
  return {
    store,
    pool,
    url: running.url,
    token: (workspace) => issueToken(TOKENS, { workspace, role: 'viewer', subject: 'ada' }, 3_600, clock),
    logged: () => lines.join(''),
    get: async (path, workspace, headers = {}, signal) => {
      const token = await issueToken(TOKENS, { workspace, role: 'viewer', subject: 'ada' }, 3_600, clock);
      return fetch(`${running.url}/api/views${path}`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(signal === undefined ? {} : { signal }),
      });
    },
    send: async (method, path, workspace, role, body) => {
      const token = await issueToken(TOKENS, { workspace, role, subject: 'ada' }, 3_600, clock);
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      return fetch(`${running.url}/api/views${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    stop: async () => {
      await running.stop();
      await pool.end();
      await database.stop();
    },
  };
}
