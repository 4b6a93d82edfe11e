import type { Message } from 'kafkajs';
import type { WithheldEvent } from './relay-checkpoints.js';

/** Times and numbers of a relay. */
export interface RelayBounds {
  readonly leaseMs: number;
  /** How often the lease is renewed, and asked for by those who do not have it. */
  readonly renewMs: number;
  /** How often acknowledged places are written down: a relay that is killed sends at most so much again. */
  readonly commitMs: number;
  /** How often quiet partitions learn how far the log is. */
  readonly watermarkMs: number;
  /** Records and bytes of one send, which is one record batch of one partition. */
  readonly sendEventsMax: number;
  readonly sendBytesMax: number;
  /** Events that wait to be sent, over all partitions, before the log is read further. */
  readonly queuedEventsMax: number;
  readonly queuedBytesMax: number;
  readonly retryPauseMs: number;
  readonly retryPauseMaxMs: number;
  /** The pause after an error that repetition alone does not heal, such as a missing permission. */
  readonly refusedPauseMs: number;
}

export const RELAY_BOUNDS: RelayBounds = {
  leaseMs: 10_000,
  renewMs: 2_000,
  commitMs: 100,
  watermarkMs: 200,
  sendEventsMax: 1_000,
  sendBytesMax: 800 * 1024,
  queuedEventsMax: 30_000,
  queuedBytesMax: 48 * 1024 * 1024,
  retryPauseMs: 100,
  retryPauseMaxMs: 2_000,
  refusedPauseMs: 10_000,
};

/** What a relay tells those who watch it. */
export type RelayReport =
  | { readonly kind: 'leaseTaken'; readonly fence: number }
  | { readonly kind: 'leaseLost'; readonly error: unknown }
  | { readonly kind: 'sent'; readonly partition: number; readonly events: number }
  | { readonly kind: 'retry'; readonly error: unknown; readonly attempt: number }
  /** The broker refuses everything, for example for want of a permission. Somebody has to act. */
  | { readonly kind: 'refused'; readonly error: unknown }
  /** The broker refused one event for what it is. Consumers read it from the log. */
  | { readonly kind: 'withheld'; readonly event: WithheldEvent };

export type ReportOfRelay = (report: RelayReport) => void;

/** Sends records of one partition, and answers when all in-sync replicas have them. */
export type SendRecords = (partition: number, records: readonly Message[]) => Promise<void>;
