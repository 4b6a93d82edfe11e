import { setTimeout as pause } from 'node:timers/promises';
import { TransientError, type AppendOutcome, type EventStore, type StreamWrite } from '@poinciana/event-sourcing';

/** For appends that nobody else would repeat: what the provider answered must not be lost to a moment's outage. */
export const PATIENT_APPEND_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 20;
const PAUSE_MAX_MS = 1_000;

/**
 * Appends, and repeats the same append while the log is away: what was appended without an answer then answers *replayed*.
 * Throws the last `TransientError` when the attempts are used up.
 */
export async function appendPatiently(
  store: EventStore,
  writes: readonly StreamWrite[],
  attemptsMax: number,
): Promise<readonly AppendOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.append(writes);
    } catch (error) {
      if (!(error instanceof TransientError) || attempt >= attemptsMax) throw error;
      await pause(Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }
}
