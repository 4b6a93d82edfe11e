import { CONSUMER_BOUNDS, type ConsumerBounds } from '../consuming/consumer-bounds.js';

/** Times and numbers of a reader of records. */
export interface RecordBounds extends ConsumerBounds {
  /** Tries of one record that meets a bug, before it is a dead letter. */
  readonly attemptsMax: number;
}

export const RECORD_BOUNDS: RecordBounds = {
  ...CONSUMER_BOUNDS,
  eventsMax: 2_000,
  bytesMax: 4 * 1024 * 1024,
  attemptsMax: 3,
};

/** What a reader tells those who watch it. */
export type RecordReport =
  | { readonly kind: 'claimed'; readonly partition: number; readonly next: number }
  | { readonly kind: 'handled'; readonly partition: number; readonly records: number; readonly dead: number }
  | { readonly kind: 'retry'; readonly error: unknown; readonly attempt: number }
  /** Another member reads the partition now. */
  | { readonly kind: 'stale'; readonly partition: number }
  /** A bug met a batch: its records are handled one by one, so that the others of it are not held up. */
  | { readonly kind: 'divided'; readonly partition: number; readonly error: unknown }
  | { readonly kind: 'dead'; readonly partition: number; readonly letter: RecordDeadLetterReport };

export interface RecordDeadLetterReport {
  readonly offset: number;
  readonly code: string;
  readonly reason: string;
}

export type ReportOfRecords = (report: RecordReport) => void;
