import type { WaitingFor } from '../domain/interruption.js';
import type { UploadRecord } from './uploads.js';

/** An upload as the twin for tests keeps it. */
export interface Row extends UploadRecord {
  readonly holder?: string;
  readonly leaseUntilMs: number;
  readonly failures: number;
  readonly isCanceled?: boolean;
  readonly endedAtMs?: number;
  readonly isRemoved?: boolean;
  readonly waiting?: WaitingFor | undefined;
}

export function recordOf(row: Row): UploadRecord {
  const { holder: _h, leaseUntilMs: _l, failures: _f, isCanceled: _c, endedAtMs: _e, isRemoved: _r, ...rest } = row;
  const { waiting: waitingFor, ...record } = rest;
  return waitingFor === undefined ? record : { ...record, waitingFor };
}

/** Its receiver is gone, and nobody can go on with it. */
export function isCutOff({ state, parts, leaseUntilMs }: Row, nowMs: number): boolean {
  return state === 'receiving' && parts === undefined && leaseUntilMs <= nowMs;
}
