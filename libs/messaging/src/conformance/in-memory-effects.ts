import type { StoredEvent } from '@poinciana/event-sourcing';
import type { StateWrite } from '../event-bus.js';
import type { InMemoryTransaction } from '../in-memory/in-memory-transaction.js';
import type { Effect, Effects } from './event-bus-harness.js';

export class InMemoryEffects implements Effects<InMemoryTransaction> {
  private readonly rows: Effect[] = [];

  write(events: readonly StoredEvent[]): StateWrite<InMemoryTransaction> {
    const added = events.map(({ id, key, position }) => ({ eventId: id, key, position: position.number }));
    return async (transaction) => transaction.change(() => this.rows.push(...added));
  }

  async all(): Promise<readonly Effect[]> {
    return [...this.rows];
  }
}
