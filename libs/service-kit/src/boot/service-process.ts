import { createPool } from '@poinciana/database';
import type { EventStore } from '@poinciana/event-sourcing';
import type { EventBus } from '@poinciana/messaging';
import type { Pool } from 'pg';
import { SystemClock } from '../clock/clock.js';
import { createLog, type Log } from '../logs/log.js';
import {
  checkSettings,
  SettingsError,
  type Environment,
  type SettingsSpecification,
} from '../settings/specification.js';
import { processSettings, tokenRulesOf, tokenSettings } from './process-settings.js';
import { runServices, type RunningServices } from './run-services.js';
import type { BusSurroundings } from './run-services-options.js';
import type { ServiceDefinition } from './service-definition.js';
import { STOP_POOLS_MS, within } from './stop-in-order.js';

/** What an adapter of the event store is opened with. */
export interface StoreSurroundings {
  readonly environment: Environment;
  readonly log: Log;
  /** A pool on a schema of the process's database. Whoever opens it ends it. */
  openPool(schema: string, connectionsMax?: number): Pool;
}

export interface OpenedEventStore {
  readonly eventStore: EventStore;
  /** Brings what the store keeps to its newest form, before anybody uses it. */
  prepare(): Promise<unknown>;
  /** Called after everything that uses the store has ended. */
  close(): Promise<void>;
}

/** What an adapter of the bus is opened with. */
export interface ProcessBusSurroundings extends BusSurroundings {
  readonly eventStore: EventStore;
  readonly environment: Environment;
}

/** Which log and which bus a process stands on: the part of a composition root that the kit must not know. */
export interface Adapters<Transaction> {
  /** What the adapters read from the environment themselves. */
  readonly settings?: readonly SettingsSpecification<object>[];
  /** The folder of the tables that the bus keeps in every service's schema, if it keeps any. */
  readonly busMigrations?: string;
  openEventStore(surroundings: StoreSurroundings): OpenedEventStore;
  busOf(surroundings: ProcessBusSurroundings): EventBus<Transaction>;
}

/**
 * Starts one service as a process of its own runs it: settings from the environment, pools, adapters, HTTP. Throws
 * `SettingsError` before anything is opened.
 */
export async function startServiceProcess<Transaction>(
  definition: ServiceDefinition,
  adapters: Adapters<Transaction>,
  environment: Environment,
  log?: Log,
): Promise<RunningServices> {
  const alsoKnown = [processSettings, tokenSettings, ...(adapters.settings ?? [])];
  checkSettings(environment, [...alsoKnown, definition.settings]);
  const settings = processSettings.read(environment);
  const ownLog = log ?? createLog({ service: definition.name, level: settings.logLevel });
  const openPool = (schema: string, connectionsMax = settings.databaseConnectionsMax): Pool =>
    createPool({
      url: settings.databaseUrl.reveal(),
      schema,
      max: connectionsMax,
      applicationName: `poinciana ${definition.name}`,
      onIdleConnectionLost: (error) => ownLog.warn({ err: error, schema }, 'A database connection was lost'),
    });
  const store = adapters.openEventStore({ environment, log: ownLog, openPool });
  const closeStore = () => within(ownLog, 'event store', STOP_POOLS_MS, () => store.close());
  try {
    const running = await runServices({
      definitions: [definition],
      eventStore: store.eventStore,
      poolOf: ({ schema }) => openPool(schema),
      busOf: (surroundings) => adapters.busOf({ ...surroundings, eventStore: store.eventStore, environment }),
      clock: new SystemClock(),
      http: { host: settings.host, port: settings.port, bodyBytesMax: settings.bodyBytesMax },
      tokens: tokenRulesOf(tokenSettings.read(environment)),
      log: ownLog,
      environment,
      alsoKnown,
      prepare: () => store.prepare(),
      migrationsEach: adapters.busMigrations === undefined ? [] : [adapters.busMigrations],
    });
    ownLog.info({ url: running.url }, 'The service is ready');
    const stop = async (): Promise<void> => {
      try {
        await running.stop();
      } finally {
        await closeStore();
      }
    };
    return { url: running.url, stop };
  } catch (error) {
    await closeStore();
    throw error;
  }
}

/**
 * The whole `main.ts` of a service. Runs until SIGTERM or SIGINT, then stops in order; a second signal ends it at once. A signal
 * during the start counts when the start is through: half of one cannot be stopped in order. A configuration that is wrong ends
 * the process with one sentence for each problem; anything else that fails is logged. Exit code 1.
 */
export async function runServiceProcess<Transaction>(
  definition: ServiceDefinition,
  adapters: Adapters<Transaction>,
): Promise<void> {
  const log = createLog({ service: definition.name, level: 'info' });
  const starting = startServiceProcess(definition, adapters, process.env);
  const end = endOnce(starting, log);
  // From the first moment on: a process that is the first of a container is not ended by a signal that it does not listen for.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end({ signal }, 0));
  try {
    await starting;
  } catch (error) {
    if (error instanceof SettingsError) process.stderr.write(`${error.problems.join('\n')}\n`);
    else log.fatal({ err: error }, 'The service could not start');
    process.exit(1);
  }
  // A bug that nobody caught leaves the process in a state that nobody knows.
  for (const bug of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(bug, (error: unknown) => {
      log.fatal({ err: error, bug }, 'A bug ends the process');
      end({ bug }, 1);
    });
  }
}

/** Ends the process in order; at once when it is ending already. */
function endOnce(starting: Promise<RunningServices>, log: Log): (reason: object, exitCode: number) => void {
  let isEnding = false;
  return (reason, exitCode) => {
    if (isEnding) process.exit(1);
    isEnding = true;
    log.info(reason, 'The service stops');
    starting
      .then((running) => running.stop())
      .then(
        () => process.exit(exitCode),
        (error: unknown) => {
          log.error({ err: error }, 'The service did not stop well');
          process.exit(1);
        },
      );
  };
}
