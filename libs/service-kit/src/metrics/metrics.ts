import { TransientError } from '@poinciana/event-sourcing';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { BusReport, Subscription } from '@poinciana/messaging';
import type { Subscriptions } from '../boot/subscriptions.js';

const GROUP_STATES = ['running', 'paused', 'tripped', 'stopped'] as const;
const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Sums of other gauges of the client library, named as if they were counters. */
const MISNAMED_GAUGES = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** What Prometheus reads of this process. A registry of its own: two applications in one process never share figures. */
export class Metrics {
  readonly registry = new Registry();

  private readonly requestDuration = new Histogram({
    name: 'poinciana_http_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers: [this.registry],
  });
  private readonly streamsAppended = new Counter({
    name: 'poinciana_event_store_append_outcomes_total',
    help: 'What became of the streams of appends: appended, replayed, conflict.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });
  private readonly eventsAppended = new Counter({
    name: 'poinciana_event_store_appended_events_total',
    help: 'Events that this process appended to the log.',
    registers: [this.registry],
  });
  private readonly busReports = new Counter({
    name: 'poinciana_consumer_reports_total',
    help: 'What consumer groups reported: batches, retries, dead letters, breakers tripped and recovered.',
    labelNames: ['group', 'kind'],
    registers: [this.registry],
  });
  private readonly eventsHandled = new Counter({
    name: 'poinciana_consumer_handled_events_total',
    help: 'Events that consumer groups handled in this process.',
    labelNames: ['group'],
    registers: [this.registry],
  });

  constructor(subscriptions: Subscriptions) {
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED_GAUGES) this.registry.removeSingleMetric(name);
    registerConsumerGauges(this.registry, subscriptions);
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.requestDuration.observe({ method, route, status: String(status) }, seconds);
  }

  countAppend(outcome: 'appended' | 'replayed' | 'conflict', events: number): void {
    this.streamsAppended.inc({ outcome });
    if (outcome === 'appended') this.eventsAppended.inc(events);
  }

  countReport(report: BusReport): void {
    this.busReports.inc({ group: report.group, kind: report.kind });
    if (report.kind === 'batch') this.eventsHandled.inc({ group: report.group }, report.events);
  }
}

/** Gauges that ask the groups whenever somebody reads the metrics. */
function registerConsumerGauges(registry: Registry, subscriptions: Subscriptions): void {
  const gauge = (name: string, help: string, labelNames: string[], collect: (own: Gauge) => Promise<void>): void => {
    const own: Gauge = new Gauge({
      name: `poinciana_consumer_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect: () => collect(own),
    });
  };
  gauge('lag_events', 'Events of the log behind its head.', ['group'], (own) =>
    each(subscriptions, own, async (group) => own.set({ group }, (await subscriptions.progressOf(group)).lag)),
  );
  gauge('partition_lag_events', 'The same for each partition.', ['group', 'partition'], (own) =>
    each(subscriptions, own, async (group) => {
      const { partitions } = await subscriptions.progressOf(group);
      for (const { partition, lag } of partitions) own.set({ group, partition: String(partition) }, lag);
    }),
  );
  gauge('position', 'The number of the last event handled.', ['group'], (own) =>
    each(subscriptions, own, async (group) =>
      own.set({ group }, (await subscriptions.progressOf(group)).position.number),
    ),
  );
  gauge('state', '1 for the state a group is in, 0 for the others.', ['group', 'state'], (own) =>
    each(subscriptions, own, async (group) => {
      const progress = await subscriptions.progressOf(group);
      for (const state of GROUP_STATES) own.set({ group, state }, progress.state === state ? 1 : 0);
    }),
  );
  gauge('dead_letters', 'Events that could not be handled, and those that wait behind them.', ['group'], (own) =>
    each(subscriptions, own, async (group, subscription) =>
      own.set({ group }, (await subscription.deadLetters.count()).events),
    ),
  );
  gauge('parked_keys', 'Keys that wait for a repair.', ['group'], (own) =>
    each(subscriptions, own, async (group, subscription) =>
      own.set({ group }, (await subscription.deadLetters.count()).keys),
    ),
  );
}

/** A group whose place cannot be asked just now has no figure (NaN), and does not cost the reader those of the others. */
async function each(
  subscriptions: Subscriptions,
  own: Gauge,
  set: (group: string, subscription: Subscription) => Promise<void>,
): Promise<void> {
  await Promise.all(
    subscriptions.all().map(([group, subscription]) =>
      set(group, subscription).catch((error: unknown) => {
        if (!(error instanceof TransientError)) throw error;
        own.set({ group }, Number.NaN);
      }),
    ),
  );
}
