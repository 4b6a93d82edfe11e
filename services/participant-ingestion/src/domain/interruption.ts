import { StorageFull, TransientError } from '@poinciana/event-sourcing';

/** What work on an upload can wait for; it goes on by itself. Requests that meet the same are refused with the same codes. */
export const WAITING_FOR = ['storage_full', 'unavailable'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** Why work on an upload ended before its end: it is to be gone on with, it met a bug, or it waits for something. */
export type Interruption = 'stopped' | 'failed' | WaitingFor;

export const WAITING_DETAIL: Readonly<Record<WaitingFor, string>> = {
  storage_full:
    'It waits for room: the disk or the database is full. It goes on by itself where it stopped, once somebody made room.',
  unavailable:
    'It waits for something that is away for now, most often the database. It goes on by itself where it stopped.',
};

/** What an error that interrupted the work means for it. */
export function interruptionOf(error: unknown): Interruption {
  if (error instanceof StorageFull) return 'storage_full';
  return error instanceof TransientError ? 'unavailable' : 'failed';
}

export function waitingForOf(interruption: Interruption | null | undefined): WaitingFor | undefined {
  return WAITING_FOR.find((each) => each === interruption);
}
