import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@poinciana/database';
import { startChannelSimulator, type ChannelSimulator } from '@poinciana/channel-simulator';
import { startTestDatabase } from '@poinciana/embedded-database';
import { streamName, type NewEvent } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { LogEventBus, messagingLogMigrations } from '@poinciana/messaging-log';
import { createLog, issueToken, runServices, Secret, SystemClock, type RunningServices } from '@poinciana/service-kit';
import { communicationDispatch } from '../src/index.js';
import { CAMPAIGN, CHANNEL, channelOf, secretsKey, WORKSPACE, workspaceEvents } from './sample-definitions.js';

const TOKENS = { secret: new Secret('0123456789abcdef0123456789abcdef'), issuer: 'poinciana', audience: 'poinciana' };
const POLLS_MAX = 2_400;
const POLL_MS = 25;

export interface BootedDispatch {
  readonly url: string;
  readonly store: PostgresEventStore;
  readonly simulator: ChannelSimulator;
  /** The webhook's address. */
  readonly webhook: string;
  append(stream: string, events: readonly NewEvent[]): Promise<void>;
  get(path: string, workspace?: string): Promise<{ readonly status: number; readonly body: unknown }>;
  post(path: string, workspace?: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** A call of the simulator's control API. */
  control(method: string, path: string, body?: object): Promise<unknown>;
  /** Asks until the answer is the one that is waited for. */
  until<Answer>(what: string, ask: () => Promise<Answer>, isThere: (answer: Answer) => boolean): Promise<Answer>;
  stop(): Promise<void>;
}

/** The service on embedded PostgreSQL, the log as its bus, and the provider's side over real HTTP. */
export async function bootDispatch(
  simulated: Parameters<typeof startChannelSimulator>[0] = {},
): Promise<BootedDispatch> {
  const database = await startTestDatabase();
  const url = await database.createDatabase();
  const logPool = createPool({ url, schema: EVENT_LOG_SCHEMA, max: 5, applicationName: 'event-store' });
  await applyEventLogMigrations(logPool);
  const store = new PostgresEventStore({ pool: logPool });
  const simulator = await startChannelSimulator({
    port: 0,
    accessToken: 'access',
    messagesPerSecondMax: null,
    pairRate: null,
    ...simulated,
  });
  const channel = channelOf({ baseUrl: `${simulator.url}/v23.0` });
  await appendTo(store, streamName('workspace', WORKSPACE), workspaceEvents(channel));
  const running = await run(store, url);
  const webhook = `${running.url}/api/dispatch/webhooks/whatsapp/${CHANNEL}`;
  const call = caller(running.url);
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const sent =
      body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${simulator.url}/control/${path}`, { method, ...sent });
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  };
  await control('PUT', 'webhook', { url: webhook, appSecret: 'app', verifyToken: 'verify' });
  return {
    url: running.url,
    store,
    simulator,
    webhook,
    append: (stream, events) => appendTo(store, stream, events),
    get: (path, workspace) => call('GET', path, workspace),
    post: (path, workspace) => call('POST', path, workspace),
    control,
    until,
    stop: async () => {
      await simulator.stop();
      await running.stop();
      await logPool.end();
      await database.stop();
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
    environment: {
      POINCIANA_SECRETS_KEY: secretsKey,
      POINCIANA_DISPATCH_SETTLE_SECONDS: '4',
      POINCIANA_DISPATCH_POLL_MS: '20',
      POINCIANA_WHATSAPP_MESSAGES_PER_SECOND: '100000',
      POINCIANA_WHATSAPP_PAIR_INTERVAL_MS: '0',
    },
  });
}

async function appendTo(store: PostgresEventStore, stream: string, events: readonly NewEvent[]): Promise<void> {
  const [last] = await store.readLast([stream]);
  await store.append([{ stream, expectedRevision: last?.revision ?? -1, events }]);
}

function caller(url: string) {
  return async (method: string, path: string, workspace = WORKSPACE) => {
    const token = await issueToken(TOKENS, { workspace, role: 'manager', subject: 'ada' }, 3_600, new SystemClock());
    const response = await fetch(`${url}/api/dispatch/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as unknown };
  };
}

async function until<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  isThere: (answer: Answer) => boolean,
): Promise<Answer> {
  for (let poll = 0; poll < POLLS_MAX; poll += 1) {
    const answer = await ask();
    if (isThere(answer)) return answer;
    await pause(POLL_MS);
  }
  throw new Error(`It never came: ${what}`);
}

/** A campaign that is Active. */
export function campaignEvents(): readonly NewEvent[] {
  const campaign = { id: CAMPAIGN, name: 'Payments', description: '', kind: 'flow', status: 'Active' };
  const data = { campaign, flows: [], pauseAnswer: 'run', overdueAnswer: 'skip', generation: 1 };
  const [template] = workspaceEvents();
  if (template === undefined) throw new Error('There is no event to take the envelope from');
  return [
    {
      ...template,
      id: CAMPAIGN.replace(/2$/, 'a'),
      key: CAMPAIGN,
      type: 'CampaignCreated',
      data: { campaign, fields: [] },
    },
    { ...template, id: CAMPAIGN.replace(/2$/, 'b'), key: CAMPAIGN, type: 'CampaignStarted', data },
  ];
}
