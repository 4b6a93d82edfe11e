/** Results that are stored together, at most. */
const BATCH_MAX = 250;
/** The longest that a result waits for others. */
const WAIT_MS = 25;

/** Gathers results as they come and hands them on in batches, one after the other: what comes while one is stored goes together. */
export class ResultBatches<Result> {
  private gathered: Result[] = [];
  private timer: NodeJS.Timeout | undefined;
  private last: Promise<void> = Promise.resolve();
  private underWay = 0;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly store: (batch: readonly Result[]) => Promise<void>) {}

  add(result: Result): void {
    this.gathered.push(result);
    if (this.gathered.length >= BATCH_MAX) this.flush();
    else if (this.underWay === 0) this.timer ??= setTimeout(() => this.flush(), WAIT_MS);
  }

  /** Waits until everything is handed on; throws what the first failed batch threw. */
  async end(): Promise<void> {
    this.flush();
    await this.last;
    if (this.failure !== undefined) throw this.failure.error;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.gathered;
    if (batch.length === 0) return;
    this.gathered = [];
    this.underWay += 1;
    this.last = this.last.then(async () => {
      try {
        await this.store(batch);
      } catch (error) {
        // The other batches are stored nevertheless: each result lost would end as an unknown outcome.
        this.failure ??= { error };
      }
      this.underWay -= 1;
      if (this.underWay === 0 && this.timer === undefined) this.flush();
    });
  }
}
