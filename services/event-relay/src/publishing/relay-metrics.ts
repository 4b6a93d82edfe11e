import { TransientError } from '@poinciana/event-sourcing';
import type { LogRelay, RelayReport, RelayState } from '@poinciana/messaging-kafka';
import { Counter, Gauge, type Registry } from 'prom-client';

const STATES: readonly RelayState[] = ['standby', 'publishing', 'refused', 'stopped'];

/** What Prometheus reads of the relay. */
export class RelayMetrics {
  private readonly sent: Counter;
  private readonly reports: Counter;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.sent = new Counter({
      name: 'poinciana_relay_sent_events_total',
      help: 'Events that the brokers acknowledged.',
      registers,
    });
    this.reports = new Counter({
      name: 'poinciana_relay_reports_total',
      help: 'What happened to the relay: leases taken and lost, sends tried again or refused, events withheld.',
      labelNames: ['kind'],
      registers,
    });
  }

  /** Gauges that ask the relay whenever somebody reads the metrics; NaN when it cannot be asked just now. */
  watch(relay: LogRelay): void {
    this.gauge('lag_events', 'Events of the log behind its head.', [], async (own) =>
      own.set((await relay.progress()).lag),
    );
    this.gauge('position', 'The number of the last event that the brokers acknowledged.', [], async (own) =>
      own.set((await relay.progress()).position.number),
    );
    this.gauge('withheld_events', 'Events that the brokers refused for what they are.', [], async (own) =>
      own.set((await relay.progress()).withheld),
    );
    this.gauge('state', '1 for the state the relay is in, 0 for the others.', ['state'], async (own) => {
      const progress = await relay.progress();
      for (const state of STATES) own.set({ state }, progress.state === state ? 1 : 0);
    });
  }

  count(report: RelayReport): void {
    this.reports.inc({ kind: report.kind });
    if (report.kind === 'sent') this.sent.inc(report.events);
  }

  private gauge(name: string, help: string, labelNames: string[], ask: (own: Gauge) => Promise<void>): void {
    const own: Gauge = new Gauge({
      name: `poinciana_relay_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      collect: () =>
        ask(own).catch((error: unknown) => {
          if (!(error instanceof TransientError)) throw error;
          own.set(Number.NaN);
        }),
    });
  }
}
