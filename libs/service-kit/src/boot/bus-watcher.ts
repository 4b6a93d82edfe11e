import type { BusReport, ReportToWatcher } from '@poinciana/messaging';
import type { Log } from '../logs/log.js';
import type { Metrics } from '../metrics/metrics.js';

/** Logs and counts what consumer groups report. Of an error only name and code: its message may quote an event. */
export function watchBus(log: Log, metrics: Metrics): ReportToWatcher {
  return (report) => {
    metrics.countReport(report);
    const { group, kind } = report;
    if (kind === 'batch') log.debug({ group, events: report.events }, 'A batch was handled');
    else if (kind === 'recovered') log.info({ group }, 'A consumer group runs again');
    else log.warn({ group, kind, ...factsOf(report) }, 'A consumer group is in trouble');
  };
}

function factsOf(report: BusReport): object {
  const error = 'error' in report ? { error: nameOf(report.error) } : {};
  if (report.kind === 'retry') return { ...error, attempt: report.attempt };
  if (report.kind === 'tripped') return { ...error, pauseMs: report.pauseMs };
  if (report.kind !== 'deadLetter') return error;
  const { eventId, stream, revision, type, reason } = report.letter;
  return { ...error, eventId, stream, revision, type, reason: reason.code, attempts: reason.attempts };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
