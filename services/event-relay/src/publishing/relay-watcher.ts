import type { ReportOfRelay } from '@poinciana/messaging-kafka';
import type { Log } from '@poinciana/service-kit';
import type { RelayMetrics } from './relay-metrics.js';

/** Logs and counts what the relay reports. Of an error only name and code: a message may quote an event. */
export function watchRelay(log: Log, metrics: RelayMetrics, topic: string): ReportOfRelay {
  return (report) => {
    metrics.count(topic, report);
    switch (report.kind) {
      case 'sent':
        log.debug({ topic, partition: report.partition, events: report.events }, 'Events were acknowledged');
        return;
      case 'leaseTaken':
        log.info({ topic, fence: report.fence }, 'This relay publishes now');
        return;
      case 'leaseLost':
        log.warn({ topic, error: nameOf(report.error) }, 'Another relay publishes now');
        return;
      case 'retry':
        log.warn({ topic, error: nameOf(report.error), attempt: report.attempt }, 'The relay tries again');
        return;
      case 'refused':
        log.error({ topic, err: report.error }, 'The relay cannot publish; somebody has to act');
        return;
      case 'withheld': {
        const { eventId, reason, partition } = report.event;
        log.error(
          { topic, eventId, reason, partition },
          'The brokers refused an event; consumers read it from the log',
        );
      }
    }
  };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'type' in error && typeof error.type === 'string' ? `${error.name} ${error.type}` : error.name;
}
