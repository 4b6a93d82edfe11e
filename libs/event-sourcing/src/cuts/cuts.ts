import { TransientError } from '../errors.js';

/** The most points a scenario may pass: more means that it repeats itself without end. */
const POINTS_MAX = 100_000;

/** What a cut throws: to the code under test the same as a lost connection or a process that ended there. */
export class Cut extends TransientError {
  override readonly name = 'Cut';
  constructor(readonly point: string) {
    super(`Cut at: ${point}`);
  }
}

/**
 * The places at which an in-memory twin may be cut, counted as they are passed. With a number, passing that point (from 1)
 * throws a `Cut`, once; without one, points are only counted.
 */
export class Cuts {
  private readonly passed: string[] = [];

  constructor(private readonly cutAt?: number) {}

  /** Says that a place is passed, by a name for people. Throws when it is the chosen one. */
  pass(point: string): void {
    this.passed.push(point);
    if (this.passed.length > POINTS_MAX) throw new Error(`More than ${POINTS_MAX} points passed, last: ${point}`);
    if (this.passed.length === this.cutAt) throw new Cut(point);
  }

  /** The names of the points passed so far, in order. */
  get points(): readonly string[] {
    return this.passed;
  }

  /** True when the chosen cut has happened. */
  get happened(): boolean {
    return this.cutAt !== undefined && this.passed.length >= this.cutAt;
  }
}
