import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@poinciana/database';
import { startTestDatabase } from '@poinciana/embedded-database';
import type { EventStore } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { InMemoryEventBus } from '@poinciana/messaging';
import { createLog, issueToken, type Role, runServices, Secret, SystemClock } from '@poinciana/service-kit';
import { participantIngestion } from '../src/index.js';
import type { Pool } from 'pg';
import { CAMPAIGN, WORKSPACE } from './fixtures.js';

const TOKENS = { secret: new Secret('0123456789abcdef0123456789abcdef'), issuer: 'poinciana', audience: 'poinciana' };
const POLLS_MAX = 1_200;
const POLL_MS = 25;

/** An answer of the service, its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Read as JSON, when it is. */
  readonly body: unknown;
}

export interface BootedIngestion {
  readonly store: EventStore;
  /** Where the files of uploads lie. */
  readonly filesFolder: string;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Opens a request whose body is written piece by piece; its answer is read line by line, as JSON. */
  open(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<OpenRequest>;
  customers(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Waits until something is so. */
  until(isSo: () => Promise<boolean>): Promise<void>;
  /** Every row of every table of the database, and every line that was logged, as text. */
  everything(): Promise<string>;
  upload(csv: string | Blob, options?: UploadOptions): Promise<Answer>;
  /** Waits until an upload is no longer Processing. */
  completed(uploadId: string): Promise<UploadState>;
  stop(): Promise<void>;
}

export interface OpenRequest {
  readonly sender: ClientRequest;
  readonly answers: AsyncGenerator<unknown>;
}

export interface CallOptions {
  readonly workspace?: string;
  readonly role?: Role;
  readonly body?: unknown;
  /** A body as it is, instead of one made from `body`. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface UploadOptions extends CallOptions {
  readonly fileName?: string;
  readonly query?: string;
  readonly campaignId?: string;
}

export interface UploadState {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly rowsPerSecond: number;
}

/** The service on embedded PostgreSQL, over real HTTP. */
export async function bootIngestion(): Promise<BootedIngestion> {
  const database = await startTestDatabase();
  const url = await database.createDatabase();
  const filesFolder = await mkdtemp(join(tmpdir(), 'poinciana-uploads-'));
  const logPool = createPool({ url, schema: EVENT_LOG_SCHEMA, max: 5, applicationName: 'event-store' });
  await applyEventLogMigrations(logPool);
  const store = new PostgresEventStore({ pool: logPool });
  const clock = new SystemClock();
  const lines: string[] = [];
  const sink = new Writable({
    write: (line, _, done) => {
      lines.push(String(line));
      done();
    },
  });
  const running = await runServices({
    definitions: [participantIngestion],
    eventStore: store,
    poolOf: ({ schema, name }) => createPool({ url, schema, max: 5, applicationName: name }),
    busOf: ({ report }) => new InMemoryEventBus({ store, report }),
    clock,
    http: { host: '127.0.0.1', port: 0 },
    tokens: TOKENS,
    log: createLog({ service: 'test', level: 'debug' }, sink),
    environment: { POINCIANA_UPLOADS_FOLDER: filesFolder },
  });
  const request = async (method: string, path: string, options: CallOptions = {}): Promise<Answer> => {
    const { workspace = WORKSPACE, role = 'manager', body, raw, headers = {} } = options;
    const token = await issueToken(TOKENS, { workspace, role, subject: 'ada' }, 3_600, clock);
    const response = await fetch(`${running.url}/api/ingest/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...typeOf(body), ...headers },
      ...bodyOf(body, raw),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as unknown) : undefined,
    };
  };
  const call: BootedIngestion['call'] = (method, path, options) => request(method, `campaigns/${path}`, options);
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (let poll = 0; poll < POLLS_MAX; poll++) {
      if (await isSo()) return;
      await pause(POLL_MS);
    }
    throw new Error('It does not become so');
  };
  const open: BootedIngestion['open'] = async (method, path, headers) => {
    const token = await issueToken(TOKENS, { workspace: WORKSPACE, role: 'manager', subject: 'ada' }, 3_600, clock);
    const sender = httpRequest(`${running.url}/api/ingest/campaigns/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    // Whoever reads the answers meets the error.
    sender.on('error', () => undefined);
    return { sender, answers: answersOf(sender) };
  };
  return {
    store,
    filesFolder,
    call,
    open,
    customers: (method, path, options) => request(method, `customers${path}`, options),
    until,
    everything: async () => `${await everythingIn(logPool)}\n${lines.join('')}`,
    upload: (csv, options = {}) => {
      const form = new FormData();
      form.append('file', typeof csv === 'string' ? new Blob([csv]) : csv, options.fileName ?? 'people.csv');
      return call('POST', `${options.campaignId ?? CAMPAIGN}/uploads${options.query ?? ''}`, {
        ...options,
        body: form,
      });
    },
    completed: async (uploadId) => {
      for (let poll = 0; poll < POLLS_MAX; poll++) {
        const { body } = await call('GET', `${CAMPAIGN}/uploads/${uploadId}`);
        const state = body as UploadState;
        if (state.status !== 'Processing') return state;
        await pause(POLL_MS);
      }
      throw new Error('The upload does not end');
    },
    stop: async () => {
      await running.stop();
      await logPool.end();
      await database.stop();
      await rm(filesFolder, { recursive: true, force: true });
    },
  };
}

/** A form names its type itself, with its boundary. */
function typeOf(body: unknown): Readonly<Record<string, string>> {
  return body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' };
}

function bodyOf(
  body: unknown,
  raw: string | Buffer | undefined,
): { readonly body?: string | FormData | Uint8Array<ArrayBuffer> } {
  if (raw !== undefined) return { body: typeof raw === 'string' ? raw : new Uint8Array(raw) };
  if (body === undefined) return {};
  return { body: body instanceof FormData ? body : JSON.stringify(body) };
}

async function* answersOf(sender: ClientRequest): AsyncGenerator<unknown> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sender.once('response', resolve).once('error', reject);
  });
  for await (const line of createInterface({ input: answer })) yield JSON.parse(line) as unknown;
}

async function everythingIn(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string | null }>(
      `SELECT string_agg(t::text, E'\n') AS text FROM ${name} AS t`,
    );
    texts.push(rows[0]?.text ?? '');
  }
  return texts.join('\n');
}
