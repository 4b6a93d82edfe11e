import { Counter, type Registry } from 'prom-client';

/** What Prometheus reads of the inbound topic. */
export class InboundMetrics {
  private readonly records: Counter;

  constructor(registry: Registry) {
    this.records = new Counter({
      name: 'poinciana_inbound_records_total',
      help: 'Records of the inbound topic by what became of them: created, updated, unchanged, failed, dead. Repetitions count again.',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  count(outcome: string, records: number): void {
    this.records.inc({ outcome }, records);
  }
}
