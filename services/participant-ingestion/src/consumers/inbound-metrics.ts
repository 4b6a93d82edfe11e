import { Counter, Gauge, type Registry } from 'prom-client';

/** What Prometheus reads of the inbound topic. */
export class InboundMetrics {
  private readonly records: Counter;

  /** `lags`: by partition, of those that this process reads. */
  constructor(registry: Registry, lags: () => ReadonlyMap<number, number>) {
    this.records = new Counter({
      name: 'poinciana_inbound_records_total',
      help: 'Records of the inbound topic by what became of them: created, updated, unchanged, failed, dead. Repetitions count again.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    const lag = new Gauge({
      name: 'poinciana_inbound_partition_lag_records',
      help: 'Records of the inbound topic that are not handled yet, by partition; only of those that this process reads.',
      labelNames: ['partition'],
      registers: [registry],
      collect: () => {
        lag.reset();
        for (const [partition, records] of lags()) lag.set({ partition }, records);
      },
    });
  }

  count(outcome: string, records: number): void {
    this.records.inc({ outcome }, records);
  }
}
