import type { ReportOfRecords } from '@poinciana/messaging-kafka';
import type { Log } from '@poinciana/service-kit';

/** Logs what the reading of the inbound topic reports. Of an error only its name: a message may quote a record. */
export function watchInbound(log: Log): ReportOfRecords {
  return (report) => {
    const { kind } = report;
    if (kind === 'claimed') log.debug({ partition: report.partition, next: report.next }, 'Inbound records are read');
    else if (kind === 'handled') log.debug({ ...report }, 'Inbound records were handled');
    else if (kind === 'stale') log.info({ partition: report.partition }, 'Another process reads inbound records now');
    else if (kind === 'retry') {
      log.warn({ error: nameOf(report.error), attempt: report.attempt }, 'Inbound records are tried again');
    } else if (kind === 'divided') {
      log.error({ error: nameOf(report.error), partition: report.partition }, 'A bug met inbound records');
    } else {
      const { partition, letter } = report;
      log.error({ partition, offset: letter.offset, code: letter.code }, 'An inbound record is a dead letter');
    }
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
