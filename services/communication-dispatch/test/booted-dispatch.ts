import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import { streamName, type NewEvent } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { LogEventBus, messagingLogMigrations } from '@poinciana/messaging-log';
import { createLog, issueToken, runServices, Secret, SystemClock, type RunningServices } from '@poinciana/service-kit';
import { communicationDispatch } from '../src/index.js';
import {
  CAMPAIGN,
  campaignEvents,
  CHANNEL,
  channelOf,
  secretsKey,
  WORKSPACE,
  workspaceEvents,
} from './sample-definitions.js';
import { SimulatedProvider } from './simulated-provider.js';

export const TOKEN_SECRET = '0123456789abcdef0123456789abcdef';
const TOKENS = { secret: new Secret(TOKEN_SECRET), issuer: 'poinciana', audience: 'poinciana' };
const JSON_TYPE = { 'content-type': 'application/json' };
const POLLS_MAX = 2_400;
const POLL_MS = 25;

/** Fast enough for tests; the limits are the simulator's. */
export const DISPATCH_ENVIRONMENT = {
  POINCIANA_SECRETS_KEY: secretsKey,
  POINCIANA_PUBLIC_URL: 'https://api.example',
  POINCIANA_DISPATCH_SETTLE_SECONDS: '4',
  POINCIANA_DISPATCH_POLL_MS: '20',
  POINCIANA_WHATSAPP_MESSAGES_PER_SECOND: '100000',
  POINCIANA_WHATSAPP_PAIR_INTERVAL_MS: '0',
};

/** An empty log. */
export interface PreparedStore {
  readonly store: PostgresEventStore;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

export async function prepareStore(): Promise<PreparedStore> {
  const database = await startTestDatabase();
  const databaseUrl = await database.createDatabase();
  const pool = createPool({ url: databaseUrl, schema: EVENT_LOG_SCHEMA, max: 5, applicationName: 'event-store' });
  await applyEventLogMigrations(pool);
  return {
    store: new PostgresEventStore({ pool }),
    databaseUrl,
    stop: async () => {
      await pool.end();
      await database.stop();
    },
  };
}

/** A log with a workspace whose channel leads to a simulated provider, and a campaign that is Active. */
export interface PreparedLog extends PreparedStore {
  readonly provider: SimulatedProvider;
}

export async function prepareLog(...simulatorOptions: readonly string[]): Promise<PreparedLog> {
  const prepared = await prepareStore();
  const provider = await SimulatedProvider.start(...simulatorOptions);
  const { baseUrl } = provider;
  await appendTo(
    prepared.store,
    streamName('workspace', WORKSPACE),
    workspaceEvents(channelOf({ baseUrl, businessAccountId: '1' })),
  );
  await appendTo(prepared.store, streamName('campaign', CAMPAIGN), campaignEvents());
  return {
    ...prepared,
    provider,
    stop: async () => {
      await provider.stop();
      await prepared.stop();
    },
  };
}

/** The address of the channel's webhook. */
export function webhookAt(url: string): string {
  return `${url}/api/dispatch/webhooks/whatsapp/${CHANNEL}`;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The service in this process, over real HTTP, the log as its bus. */
export interface BootedDispatch extends PreparedLog {
  readonly webhook: string;
  readonly url: string;
  call(method: string, path: string, workspace?: string, body?: object): Promise<Answer>;
}

export async function bootDispatch(): Promise<BootedDispatch> {
  const log = await prepareLog('--mode', 'manual');
  const running = await run(log.store, log.databaseUrl);
  const webhook = webhookAt(running.url);
  await log.provider.tellTo(webhook);
  return {
    ...log,
    webhook,
    url: running.url,
    call: async (method, path, workspace = WORKSPACE, body) => {
      const caller = { workspace, role: 'manager', subject: 'ada' } as const;
      const headers = { authorization: `Bearer ${await issueToken(TOKENS, caller, 3_600, new SystemClock())}` };
      const sent =
        body === undefined ? { headers } : { headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(body) };
      const response = await fetch(`${running.url}/api/dispatch/${path}`, { method, ...sent });
      const text = await response.text();
      return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as unknown };
    },
    stop: async () => {
      await running.stop();
      await log.stop();
    },
  };
}

function run(store: PostgresEventStore, url: string): Promise<RunningServices> {
  return runServices({
    definitions: [communicationDispatch],
    eventStore: store,
    poolOf: ({ schema, name }) => createPool({ url, schema, max: 10, applicationName: name }),
    busOf: ({ pool, report }) => new LogEventBus({ store, pool, report }),
    clock: new SystemClock(),
    http: { host: '127.0.0.1', port: 0 },
    tokens: TOKENS,
    log: createLog({ service: 'test', level: 'fatal' }),
    migrationsEach: [messagingLogMigrations],
    environment: DISPATCH_ENVIRONMENT,
  });
}

async function appendTo(store: PostgresEventStore, stream: string, events: readonly NewEvent[]): Promise<void> {
  await store.append([{ stream, expectedRevision: -1, events }]);
}

/** Asks until the answer is the one that is waited for. */
export async function until<Asked>(
  what: string,
  ask: () => Promise<Asked>,
  isThere: (asked: Asked) => boolean,
): Promise<Asked> {
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const asked = await ask();
    if (isThere(asked)) return asked;
    await pause(POLL_MS);
  }
  throw new Error(`It never came: ${what}`);
}
