/** Those who were let in are dropped from the queue this many at a time. */
const TIDY_AFTER = 1_024;

/** Bounds how much of something is done at the same time; what comes first goes first. */
export class Slots {
  private free: number;
  private waiting: (() => void)[] = [];
  private next = 0;

  constructor(count: number) {
    this.free = count;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      this.handOn();
    }
  }

  private handOn(): void {
    const first = this.waiting[this.next];
    if (first === undefined) {
      this.free += 1;
      return;
    }
    this.next += 1;
    if (this.next === TIDY_AFTER) {
      this.waiting = this.waiting.slice(this.next);
      this.next = 0;
    }
    first();
  }
}
