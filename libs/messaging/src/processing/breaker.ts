import { growingPauseMs, type ProcessingBounds } from './processing-bounds.js';

/** Thrown through a batch that is given up for now. What of it was committed stays; the rest is tried after the pause. */
export class BreakerOpenError extends Error {
  override readonly name = 'BreakerOpenError';
  constructor(
    override readonly cause: unknown,
    readonly pauseMs: number,
  ) {
    super('The breaker is open');
  }
}

/**
 * Keeps a failure that concerns everybody from making everybody's events dead letters, and from hammering what is away.
 * After each of its pauses one probe is allowed: one try at what was away, or one more dead key; so a long row of truly bad
 * events still passes, one a pause.
 */
export class Breaker {
  private deadKeysInRow = 0;
  private trips = 0;
  private probing = false;

  constructor(private readonly bounds: ProcessingBounds) {}

  get isOpen(): boolean {
    return this.trips > 0;
  }

  get transientAttemptsMax(): number {
    return this.isOpen ? 1 : this.bounds.transientAttemptsMax;
  }

  /** Whether one more key may become a dead letter. */
  get mayBury(): boolean {
    return this.deadKeysInRow < this.bounds.deadKeysInRowMax || this.probing;
  }

  buried(): void {
    this.deadKeysInRow++;
    this.probing = false;
  }

  open(cause: unknown): BreakerOpenError {
    this.trips++;
    this.probing = true;
    return new BreakerOpenError(cause, growingPauseMs(this.trips, this.bounds.tripPauseMs, this.bounds.tripPauseMaxMs));
  }

  /** Something went well. Answers whether the breaker closed by it. */
  succeeded(): boolean {
    const closed = this.isOpen;
    this.deadKeysInRow = 0;
    this.trips = 0;
    this.probing = false;
    return closed;
  }
}
