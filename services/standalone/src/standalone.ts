import { createServer } from 'node:net';
import { join } from 'node:path';
import { createPool } from '@poinciana/database';
import { EVENT_LOG_SCHEMA, PostgresEventStore, applyEventLogMigrations } from '@poinciana/event-store-postgres';
import { LogEventBus, messagingLogMigrations } from '@poinciana/messaging-log';
import {
  LOG_LEVELS,
  STOP_POOLS_MS,
  SystemClock,
  TestClock,
  createLog,
  issueToken,
  runServices,
  specifySettings,
  within,
} from '@poinciana/service-kit';
import type { Log, RunningServices } from '@poinciana/service-kit';
import { forgetApiAddress, keepApiAddress } from './api-address.js';
import { openDataFolder, type DataFolder } from './data-folder.js';
import { DEMO_DURATION_SECONDS } from './demo/demo-definitions.js';
import { DEMO_PEOPLE, DEMO_PEOPLE_MAX, DEMO_PEOPLE_MIN } from './demo/people-file.js';
import { type DemoOptions, type RunningDemo, runDemo } from './demo/run-demo.js';
import { openDatabase, type Database } from './database.js';
import type { StandaloneOptions } from './options.js';
import { services } from './services.js';
import { defaultWorkspace, tokenRules } from './tokens.js';

export interface Standalone {
  /** Where the process listens. */
  url: string;
  /** Runs the demo beside the services, unless it ran to its end before. */
  startDemo(say: (line: string) => void): Promise<RunningDemo>;
  /** Ends requests, consumers, pools and the database, in this order; each within a bound. */
  stop(): Promise<void>;
}

export interface StandaloneSurroundings {
  environment: NodeJS.ProcessEnv;
  onNotice: (notice: string) => void;
  /** Something without which nothing works is lost for good. */
  onFailure: (error: Error) => void;
}

const eventStoreConnectionsMax = 10;
const serviceConnectionsMax = 10;
const demoTokenSeconds = 24 * 60 * 60;
/** Nobody else consumes here, so that after a kill -9 nobody else's lease is worth waiting for. */
const membership = { leaseMs: 3_000 };

export const standaloneSettings = specifySettings({
  logLevel: {
    type: 'choice',
    name: 'POINCIANA_LOG_LEVEL',
    choices: LOG_LEVELS,
    default: 'warn',
    description: 'The least level of the lines that are logged.',
  },
  demoSimulatorUrl: {
    type: 'url',
    name: 'POINCIANA_DEMO_SIMULATOR_URL',
    protocols: ['http:'],
    required: false,
    description: 'A channel-simulator that runs by itself, for the demo; without it the demo starts one.',
  },
  demoDurationSeconds: {
    type: 'integer',
    name: 'POINCIANA_DEMO_DURATION_SECONDS',
    min: 1,
    max: 3_600,
    default: DEMO_DURATION_SECONDS,
    description: 'How long the conversations of the demo stay open.',
  },
  demoPeople: {
    type: 'integer',
    name: 'POINCIANA_DEMO_PEOPLE',
    min: DEMO_PEOPLE_MIN,
    max: DEMO_PEOPLE_MAX,
    default: DEMO_PEOPLE,
    description: 'How many rows the file of the demo has.',
  },
});

/** Ends what was opened, the last first. */
type Ending = () => Promise<void> | void;

/** Starts all of Poinciana in this process. When that fails, whatever had started is stopped again. */
export async function startStandalone(
  options: StandaloneOptions,
  surroundings: StandaloneSurroundings,
): Promise<Standalone> {
  const { logLevel } = standaloneSettings.read(surroundings.environment);
  const log = createLog({ service: 'standalone', level: logLevel });
  await assertFreePort(options);
  const endings: Ending[] = [];
  let isEnding = false;
  const end = async (): Promise<void> => {
    isEnding = true;
    for (let ending = endings.pop(); ending !== undefined; ending = endings.pop()) await ending();
  };
  try {
    const folder = await openDataFolder(options.dataDir, options);
    endings.push(() => folder.release());
    const database = await openDatabase({
      databaseUrl: options.databaseUrl,
      databaseFolder: folder.databaseFolder,
      onNotice: surroundings.onNotice,
      onFailure: surroundings.onFailure,
    });
    endings.push(() => database.stop());
    const running = await run({ options, surroundings, log, folder, database, endings, isEnding: () => isEnding });
    endings.push(() => running.stop());
    keepApiAddress(options.dataDir, running.url);
    endings.push(() => forgetApiAddress(options.dataDir));
    const startDemo = async (say: (line: string) => void): Promise<RunningDemo> => {
      const demo = await runDemo(await demoOptions(running.url, { options, surroundings, folder }, say));
      endings.push(() => demo.stop());
      return demo;
    };
    return { url: running.url, startDemo, stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}

interface Parts {
  options: StandaloneOptions;
  surroundings: StandaloneSurroundings;
  log: Log;
  folder: DataFolder;
  database: Database;
  endings: Ending[];
  isEnding: () => boolean;
}

async function run({
  options,
  surroundings,
  log,
  folder,
  database,
  endings,
  isEnding,
}: Parts): Promise<RunningServices> {
  const poolFor = (schema: string, name: string, max: number) =>
    createPool({
      url: database.url,
      schema,
      max,
      applicationName: `poinciana-${name}`,
      // A connection that is being given up anyway may meet the end of the database first.
      onIdleConnectionLost: (error) => {
        if (!isEnding()) log.warn({ pool: name, reason: error.name }, 'A connection to the database was lost');
      },
    });
  const pool = poolFor(EVENT_LOG_SCHEMA, 'event-store', eventStoreConnectionsMax);
  endings.push(() => within(log, 'event store', STOP_POOLS_MS, () => pool.end()));
  await applyEventLogMigrations(pool);
  const eventStore = new PostgresEventStore({ pool });
  return runServices({
    definitions: services,
    eventStore,
    poolOf: ({ schema, name }) => poolFor(schema, name, serviceConnectionsMax),
    busOf: ({ pool: servicePool, report }) =>
      new LogEventBus({ store: eventStore, pool: servicePool, report, membership }),
    clock: options.testClock === undefined ? new SystemClock() : new TestClock(options.testClock),
    http: { host: options.host, port: options.port },
    tokens: tokenRules(folder.tokenSecret),
    log,
    environment: { ...ownSettings(options, folder), ...surroundings.environment },
    alsoKnown: [standaloneSettings],
    migrationsEach: [messagingLogMigrations],
  });
}

/** What the services are told when nobody says otherwise: secrets and files lie in the data folder. */
function ownSettings({ dataDir }: StandaloneOptions, { secretsKey }: DataFolder): NodeJS.ProcessEnv {
  return { POINCIANA_SECRETS_KEY: secretsKey.reveal(), POINCIANA_UPLOADS_FOLDER: join(dataDir, 'uploads') };
}

async function demoOptions(
  url: string,
  { options, surroundings, folder }: Pick<Parts, 'options' | 'surroundings' | 'folder'>,
  say: (line: string) => void,
): Promise<DemoOptions> {
  const clock = new SystemClock();
  const caller = { workspace: defaultWorkspace, role: 'operator', subject: 'demo' } as const;
  const token = await issueToken(tokenRules(folder.tokenSecret), caller, demoTokenSeconds, clock);
  const settings = standaloneSettings.read(surroundings.environment);
  const { demoSimulatorUrl, demoDurationSeconds: durationSeconds, demoPeople: people } = settings;
  const simulator = demoSimulatorUrl === undefined ? {} : { simulatorUrl: demoSimulatorUrl };
  const now = () => clock.now();
  return { url, token, dataDir: options.dataDir, ...simulator, durationSeconds, people, now, say };
}

/** Says so at once when the port is taken, before a database is made and migrated in vain. */
function assertFreePort({ host, port }: StandaloneOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
