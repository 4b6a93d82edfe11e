import type { DeadLetter } from './dead-letter.js';

/** What a bus tells those who watch it: for logs and metrics. Errors may quote values: print their names and codes only. */
export type BusReport =
  | { readonly kind: 'batch'; readonly group: string; readonly events: number }
  | { readonly kind: 'retry'; readonly group: string; readonly error: unknown; readonly attempt: number }
  | { readonly kind: 'deadLetter'; readonly group: string; readonly error: unknown; readonly letter: DeadLetter }
  | { readonly kind: 'tripped'; readonly group: string; readonly error: unknown; readonly pauseMs: number }
  | { readonly kind: 'recovered'; readonly group: string }
  | { readonly kind: 'stale'; readonly group: string; readonly error: unknown }
  | { readonly kind: 'ended'; readonly group: string; readonly error: unknown }
  /** A record that is no event of the log was met and left out. */
  | { readonly kind: 'foreign'; readonly group: string; readonly error: unknown };

export type ReportToWatcher = (report: BusReport) => void;
