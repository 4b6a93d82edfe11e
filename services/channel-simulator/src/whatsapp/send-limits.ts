import { PAIRS_WATCHED_MAX } from '../bounds.js';

/** How often one person may be written to by one number: `burst` at once, then one every `intervalMs`. */
export interface PairRate {
  readonly burst: number;
  readonly intervalMs: number;
}

/** Meta's limits [D]: messages a second of each number, and the rate for each pair of number and person. `null`: no limit. */
export interface SendLimits {
  readonly messagesPerSecondMax: number | null;
  readonly pairRate: PairRate | null;
}

/**
 * Watches both limits with the generic cell rate algorithm: for each key the time at which it would be empty again. Of pairs only
 * those that are not empty are kept.
 */
export class SendLimiter {
  readonly #limits: SendLimits;
  readonly #numbers = new Map<string, number>();
  readonly #pairs = new Map<string, number>();

  constructor(limits: SendLimits) {
    this.#limits = limits;
  }

  /** The code of the limit that a message sent now would break; undefined, and counted, when there is none. */
  admit(phoneNumberId: string, waId: string, nowMs: number): 130429 | 131056 | undefined {
    const { messagesPerSecondMax, pairRate } = this.#limits;
    const number =
      messagesPerSecondMax === null
        ? undefined
        : emptyAt(this.#numbers, phoneNumberId, nowMs, 1_000 / messagesPerSecondMax);
    if (number !== undefined && number - nowMs > 1_000) return 130429;
    if (pairRate !== null) {
      const pair = `${phoneNumberId} ${waId}`;
      const empty = emptyAt(this.#pairs, pair, nowMs, pairRate.intervalMs);
      if (empty - nowMs > pairRate.intervalMs * pairRate.burst) return 131056;
      this.#pairs.delete(pair); // so that the map's order is that of the last message
      this.#pairs.set(pair, empty);
      this.#forgetOldPairs(nowMs);
    }
    if (number !== undefined) this.#numbers.set(phoneNumberId, number);
    return undefined;
  }

  /** Two at a time, so that the map shrinks as fast as it may grow. */
  #forgetOldPairs(nowMs: number): void {
    let looked = 0;
    for (const [pair, empty] of this.#pairs) {
      if (empty > nowMs && this.#pairs.size <= PAIRS_WATCHED_MAX) return;
      this.#pairs.delete(pair);
      looked += 1;
      if (looked === 2) return;
    }
  }
}

function emptyAt(times: ReadonlyMap<string, number>, key: string, nowMs: number, intervalMs: number): number {
  return Math.max(times.get(key) ?? 0, nowMs) + intervalMs;
}
