import { assertTokenRules } from '../auth/tokens.js';
import { MeteredEventStore } from '../metrics/metered-event-store.js';
import { Metrics } from '../metrics/metrics.js';
import { checkSettings } from '../settings/specification.js';
import { buildApplication } from './application.js';
import { watchBus } from './bus-watcher.js';
import { migrate } from './migrate.js';
import type { RunServicesOptions } from './run-services-options.js';
import { stopInOrder } from './stop-in-order.js';
import { Subscriptions } from './subscriptions.js';

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
