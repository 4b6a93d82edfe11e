/** Collects what a `StateWrite` changes in memory: all of it happens when the transaction is committed, else nothing. */
export class InMemoryTransaction {
  private readonly changes: (() => void)[] = [];

  /** A change of a table in memory. It must not throw. */
  change(change: () => void): void {
    this.changes.push(change);
  }

  commit(): void {
    for (const change of this.changes) change();
  }
}
