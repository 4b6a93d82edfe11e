const TICK_MS = 10;

/**
 * Millions of things that are due later, cheap in memory and time: a bucket for every 10 ms. The order within a bucket is not kept.
 */
export class TimerWheel<Item> {
  readonly #buckets = new Map<number, Item[]>();
  #cursor: number;
  #size = 0;

  constructor(nowMs: number) {
    this.#cursor = Math.floor(nowMs / TICK_MS);
  }

  get size(): number {
    return this.#size;
  }

  schedule(dueMs: number, item: Item): void {
    const tick = Math.max(Math.ceil(dueMs / TICK_MS), this.#cursor);
    const bucket = this.#buckets.get(tick);
    if (bucket) bucket.push(item);
    else this.#buckets.set(tick, [item]);
    this.#size += 1;
  }

  /** Hands out what is due, as long as `hasRoom` says so; what finds no room stays due. `visit` may schedule. */
  advance(nowMs: number, hasRoom: () => boolean, visit: (item: Item) => void): void {
    const last = Math.floor(nowMs / TICK_MS);
    while (this.#cursor <= last && this.#size > 0) {
      const bucket = this.#buckets.get(this.#cursor);
      while (bucket && bucket.length > 0) {
        if (!hasRoom()) return;
        const item = bucket.pop() as Item;
        this.#size -= 1;
        visit(item);
      }
      this.#buckets.delete(this.#cursor);
      if (this.#cursor === last) return;
      this.#cursor += 1;
    }
    if (this.#size === 0) this.#cursor = Math.max(this.#cursor, last);
  }

  clear(): void {
    this.#buckets.clear();
    this.#size = 0;
  }
}
