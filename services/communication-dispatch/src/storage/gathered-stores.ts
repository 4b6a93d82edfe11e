import { TransientError } from '@poinciana/event-sourcing';

/** What goes into one store at most; a single larger call goes alone. */
export const GATHERED_MAX = 1_000;
/** What may wait for the store before it; whoever comes then is asked to come again. */
export const WAITING_MAX = 20_000;

interface Waiting<Entry> {
  readonly entries: readonly Entry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores together what came while the store before was under way, in the order in which it came: many small requests cost a few
 * commits, and a single one does not wait. Everybody is answered once what they brought is stored.
 */
export class GatheredStores<Entry> {
  private waiting: Waiting<Entry>[] = [];
  private waitingEntries = 0;
  private isUnderWay = false;

  constructor(private readonly store: (entries: readonly Entry[]) => Promise<void>) {}

  /** Throws what the store throws, and `TransientError` while too much waits. */
  add(entries: readonly Entry[]): Promise<void> {
    if (this.waitingEntries > 0 && this.waitingEntries + entries.length > WAITING_MAX)
      throw new TransientError('Too much waits to be stored');
    return new Promise((resolve, reject) => {
      this.waiting.push({ entries, resolve, reject });
      this.waitingEntries += entries.length;
      if (!this.isUnderWay) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isUnderWay = true;
    while (this.waiting.length > 0) await this.storeAll(this.take());
    this.isUnderWay = false;
  }

  /** The oldest, as many as fit. */
  private take(): readonly Waiting<Entry>[] {
    let count = 0;
    let entries = 0;
    for (const each of this.waiting) {
      if (count > 0 && entries + each.entries.length > GATHERED_MAX) break;
      count += 1;
      entries += each.entries.length;
    }
    this.waitingEntries -= entries;
    return this.waiting.splice(0, count);
  }

  private async storeAll(some: readonly Waiting<Entry>[]): Promise<void> {
    try {
      await this.store(some.flatMap(({ entries }) => entries));
      for (const { resolve } of some) resolve();
    } catch (error) {
      if (error instanceof TransientError || some.length === 1) for (const { reject } of some) reject(error);
      // One of them is at fault, and the others must not pay for it.
      else for (const each of some) await this.storeAll([each]);
    }
  }
}
