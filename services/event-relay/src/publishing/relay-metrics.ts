import { TransientError } from '@poinciana/event-sourcing';
import type { LogRelay, RelayProgress, RelayReport, RelayState } from '@poinciana/messaging-kafka';
import { Counter, Gauge, type Registry } from 'prom-client';

const STATES: readonly RelayState[] = ['standby', 'publishing', 'refused', 'stopped'];

/** What Prometheus reads of the relays, by the topic of each. */
export class RelayMetrics {
  private readonly sent: Counter;
  private readonly reports: Counter;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.sent = new Counter({
      name: 'poinciana_relay_sent_events_total',
      help: 'Events that the brokers acknowledged.',
      labelNames: ['topic'],
      registers,
    });
    this.reports = new Counter({
      name: 'poinciana_relay_reports_total',
      help: 'What happened to the relay: leases taken and lost, sends tried again or refused, events withheld.',
      labelNames: ['topic', 'kind'],
      registers,
    });
  }

  /** Gauges that ask the relays whenever somebody reads the metrics; NaN when one cannot be asked just now. */
  watch(relays: readonly LogRelay[]): void {
    this.gauge(relays, 'lag_events', 'Events of the log behind its head.', ({ lag }) => lag);
    this.gauge(
      relays,
      'position',
      'The number of the last event that the brokers acknowledged.',
      ({ position }) => position.number,
    );
    this.gauge(
      relays,
      'withheld_events',
      'Events that the brokers refused for what they are.',
      ({ withheld }) => withheld,
    );
    this.gauge(relays, 'state', '1 for the state the relay is in, 0 for the others.', ({ state }, own, topic) => {
      for (const one of STATES) own.set({ topic, state: one }, state === one ? 1 : 0);
    });
  }

  count(topic: string, report: RelayReport): void {
    this.reports.inc({ topic, kind: report.kind });
    if (report.kind === 'sent') this.sent.inc({ topic }, report.events);
  }

  /** `tell` answers the value of a relay, or sets what it has to say itself. */
  private gauge(
    relays: readonly LogRelay[],
    name: string,
    help: string,
    tell: (progress: RelayProgress, own: Gauge, topic: string) => number | void,
  ): void {
    const ask = async (own: Gauge, relay: LogRelay): Promise<void> => {
      const topic = relay.topic.name;
      try {
        const value = tell(await relay.progress(), own, topic);
        if (typeof value === 'number') own.set({ topic }, value);
      } catch (error) {
        if (!(error instanceof TransientError)) throw error;
        own.set({ topic }, Number.NaN);
      }
    };
    const own: Gauge = new Gauge({
      name: `poinciana_relay_${name}`,
      help,
      labelNames: name === 'state' ? ['topic', 'state'] : ['topic'],
      registers: [this.registry],
      collect: async () => void (await Promise.all(relays.map((relay) => ask(own, relay)))),
    });
  }
}
