import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyticsProjections } from '@poinciana/analytics-projections';
import { createPool } from '@poinciana/database';
import { adapters } from '@poinciana/deployment';
import { removeDataPlace, startEmbeddedDatabase } from '@poinciana/embedded-database';
import { derivedId, NO_STREAM, streamName } from '@poinciana/event-sourcing';
import { EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { PAYMENT_REMINDER_FIELDS } from '@poinciana/campaign-definition';
import { participantIngestion } from '@poinciana/participant-ingestion';
import { issueToken, Secret, type ServiceDefinition, startServiceProcess, SystemClock } from '@poinciana/service-kit';
import type { Pool } from 'pg';

const SECRET = 'bench-secret-bench-secret-bench-secret';
const TOKENS = { secret: new Secret(SECRET), issuer: 'poinciana', audience: 'poinciana' };
const TOKEN_SECONDS = 24 * 60 * 60;
const WORKSPACE = derivedId('bench', 'workspace');
const CONNECTIONS = 2;

/** participant-ingestion alone in this process, as its own process would run it, on a PostgreSQL with the settings of the default. */
export interface RunningIngestion {
  readonly url: string;
  readonly token: string;
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly databasePid: number;
  /** A folder for files; it vanishes at the end. */
  readonly folder: string;
  /** Makes a campaign with 16 fields, and answers its id. */
  newCampaign(name: string): Promise<string>;
}

/** Runs work on the service, and ends it in any case. The tables of the views are there, for the baseline. */
export async function withIngestion<Answer>(work: (running: RunningIngestion) => Promise<Answer>): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'poinciana-bench-'));
  const database = await startEmbeddedDatabase({ dataFolder: join(folder, 'database') });
  const pool = createPool({ url: database.url, schema: 'public', max: CONNECTIONS, applicationName: 'bench' });
  const logPool = createPool({
    url: database.url,
    schema: EVENT_LOG_SCHEMA,
    max: CONNECTIONS,
    applicationName: 'bench log',
  });
  try {
    const start = (definition: ServiceDefinition, settings: Readonly<Record<string, string>> = {}) =>
      startServiceProcess(definition, adapters, {
        DATABASE_URL: database.url,
        POINCIANA_TOKEN_SECRET: SECRET,
        POINCIANA_HTTP_HOST: '127.0.0.1',
        POINCIANA_HTTP_PORT: '0',
        POINCIANA_LOG_LEVEL: 'error',
        ...settings,
      });
    await (await start(analyticsProjections)).stop();
    const service = await start(participantIngestion, { POINCIANA_UPLOADS_FOLDER: join(folder, 'uploads') });
    try {
      const caller = { workspace: WORKSPACE, role: 'manager', subject: 'bench' } as const;
      const token = await issueToken(TOKENS, caller, TOKEN_SECONDS, new SystemClock());
      const store = new PostgresEventStore({ pool: logPool });
      const newCampaign = (name: string) => writeCampaign(store, name);
      return await work({
        url: service.url,
        token,
        pool,
        databaseUrl: database.url,
        databasePid: database.pid,
        folder,
        newCampaign,
      });
    } finally {
      await service.stop();
    }
  } finally {
    await Promise.all([pool.end(), logPool.end()]);
    await database.stop();
    removeDataPlace(join(folder, 'database'));
    await rm(folder, { recursive: true, force: true });
  }
}

/** Ingestion knows campaigns by their stream, which campaign-config writes. */
async function writeCampaign(store: PostgresEventStore, name: string): Promise<string> {
  const id = derivedId('bench', 'campaign', name);
  const fields = PAYMENT_REMINDER_FIELDS.map((field) => ({ ...field, enumerationValues: [] }));
  const time = new Date().toISOString();
  const about = { workspace: WORKSPACE, key: id, time, causation: id, correlation: id, actor: 'user:bench', hop: 0 };
  const campaign = { id, name, description: '', kind: 'flow', status: 'Inactive' };
  await store.append([
    {
      stream: streamName('campaign', id),
      expectedRevision: NO_STREAM,
      events: [{ ...about, id: derivedId(id, 'created'), type: 'CampaignCreated', data: { campaign, fields } }],
    },
  ]);
  return id;
}
