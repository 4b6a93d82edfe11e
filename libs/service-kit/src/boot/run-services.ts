import type { EventStore } from '@poinciana/event-sourcing';
import type { EventBus, ReportToWatcher } from '@poinciana/messaging';
import type { DynamicModule } from '@nestjs/common';
import type { Pool } from 'pg';
import { assertTokenRules, type TokenRules } from '../auth/tokens.js';
import type { Clock } from '../clock/clock.js';
import type { Log } from '../logs/log.js';
import { Metrics } from '../metrics/metrics.js';
import { MeteredEventStore } from '../metrics/metered-event-store.js';
import { checkSettings, type Environment, type SettingsSpecification } from '../settings/specification.js';
import { buildApplication } from './application.js';
import { migrate } from './migrate.js';
import { watchBus } from './bus-watcher.js';
import type { ServiceDefinition } from './service-definition.js';
import { stopInOrder } from './stop-in-order.js';
import { Subscriptions } from './subscriptions.js';

/** What a bus of a service is made of. */
export interface BusSurroundings {
  readonly definition: ServiceDefinition;
  readonly pool: Pool;
  /** Where the bus reports what happens: logs and metrics. */
  readonly report: ReportToWatcher;
}

export interface RunServicesOptions<Transaction> {
  /** One in a service's own process, all of them in standalone. */
  readonly definitions: readonly ServiceDefinition[];
  readonly eventStore: EventStore;
  /** A pool whose search path is the service's schema. Asked once a service; ended when the services stop. */
  poolOf(definition: ServiceDefinition): Pool;
  /** Asked once a service. */
  busOf(surroundings: BusSurroundings): EventBus<Transaction>;
  readonly clock: Clock;
  readonly http: { readonly host: string; readonly port: number; readonly bodyBytesMax?: number };
  readonly tokens: TokenRules;
  readonly log: Log;
  /** Where the services' settings are read; empty when absent. */
  readonly environment?: Environment;
  /** Settings of the same environment that the composition root reads itself. */
  readonly alsoKnown?: readonly SettingsSpecification<object>[];
  /** What has to be there before any service is migrated: the tables of the event log. */
  readonly prepare?: () => Promise<unknown>;
  /** Folders that every service's schema gets before its own: the tables of the bus. */
  readonly migrationsEach?: readonly string[];
  /** What the process serves besides: `standalone` hands out a token, for example. */
  readonly modules?: readonly DynamicModule[];
}

export interface RunningServices {
  /** Where the process listens, for example `http://127.0.0.1:3000`. */
  readonly url: string;
  /**
   * Stops accepting, finishes requests, then stops the consumers, then ends the services' pools, each within a bound.
   * The event store and its pool belong to the caller, who ends them afterwards. Repeated calls wait for the same end.
   */
  stop(): Promise<void>;
}

/**
 * Runs services in this process, as one Nest application on one port. Throws `SettingsError` before anything starts; if
 * anything else fails, what has started is stopped again.
 */
export async function runServices<Transaction>(options: RunServicesOptions<Transaction>): Promise<RunningServices> {
  const environment = options.environment ?? {};
  checkSettings(environment, [...options.definitions.map(({ settings }) => settings), ...(options.alsoKnown ?? [])]);
  assertTokenRules(options.tokens);
  const subscriptions = new Subscriptions();
  const metrics = new Metrics(subscriptions);
  const eventStore = new MeteredEventStore(options.eventStore, metrics);
  const pools = new Map(options.definitions.map((definition) => [definition.name, options.poolOf(definition)]));
  const stopping = { now: false };
  const stop = stopInOrder(options.log, pools, stopping);
  try {
    await options.prepare?.();
    await migrate(options.definitions, pools, options.migrationsEach ?? []);
    const application = await buildApplication({
      ...options,
      eventStore,
      environment,
      pools,
      subscriptions,
      metrics,
      isStopping: () => stopping.now,
      report: watchBus(options.log, metrics),
    });
    stop.owns(application);
    await application.start();
    return { url: application.url(options.http), stop: () => stop.run() };
  } catch (error) {
    await stop.run();
    throw error;
  }
}
