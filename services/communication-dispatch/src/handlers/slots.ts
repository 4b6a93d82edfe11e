/** Those who were let in are dropped from the queue this many at a time. */
const TIDY_AFTER = 1_024;

interface Waiter {
  readonly wanted: number;
  readonly least: number;
  readonly letIn: (granted: number) => void;
}

/** Bounds how much of something is under way at the same time; what comes first goes first. */
export class Slots {
  private free: number;
  private waiting: Waiter[] = [];
  private next = 0;

  constructor(readonly count: number) {
    this.free = count;
  }

  /** Waits for a slot, works, and gives it back. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.take(1);
    try {
      return await work();
    } finally {
      this.giveBack(1);
    }
  }

  /**
   * Takes up to `wanted` slots, waiting until a quarter of them all is free, or as many as are wanted: what is done for many
   * at once is cheaper than what is done for each. Answers how many it got; each is to be given back.
   */
  async take(wanted: number): Promise<number> {
    const least = Math.max(1, Math.min(wanted, Math.ceil(this.count / 4)));
    if (this.next === this.waiting.length && this.free >= least) return this.grant(wanted);
    return new Promise((letIn) => this.waiting.push({ wanted, least, letIn }));
  }

  giveBack(count: number): void {
    this.free += count;
    for (
      let first = this.waiting[this.next];
      first !== undefined && this.free >= first.least;
      first = this.waiting[this.next]
    ) {
      this.next += 1;
      first.letIn(this.grant(first.wanted));
    }
    if (this.next >= TIDY_AFTER) {
      this.waiting = this.waiting.slice(this.next);
      this.next = 0;
    }
  }

  private grant(wanted: number): number {
    const granted = Math.min(wanted, this.free);
    this.free -= granted;
    return granted;
  }
}
