import { setTimeout as sleep } from 'node:timers/promises';

/** How often and how long a batch is tried. */
export interface ProcessingBounds {
  /** Tries of a single event before it is a dead letter. */
  readonly attemptsMax: number;
  readonly attemptPauseMs: number;
  /** Tries of a batch that meets transient errors before the breaker opens. */
  readonly transientAttemptsMax: number;
  readonly transientPauseMs: number;
  readonly transientPauseMaxMs: number;
  /** Keys that may die in a row, nothing going well in between, before the breaker opens. */
  readonly deadKeysInRowMax: number;
  /** The breaker's first and longest pause; it doubles from one to the other. */
  readonly tripPauseMs: number;
  readonly tripPauseMaxMs: number;
}

export const PROCESSING_BOUNDS: ProcessingBounds = {
  attemptsMax: 3,
  attemptPauseMs: 50,
  transientAttemptsMax: 6,
  transientPauseMs: 50,
  transientPauseMaxMs: 2_000,
  deadKeysInRowMax: 5,
  tripPauseMs: 5_000,
  tripPauseMaxMs: 60_000,
};

/** The pause before the next try, in milliseconds: doubles with every attempt (counted from 1), half of it by chance. */
export function growingPauseMs(attempt: number, firstMs: number, maxMs: number): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return full / 2 + (Math.random() * full) / 2;
}

/** Waits; ends early and quietly when the signal is given. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
