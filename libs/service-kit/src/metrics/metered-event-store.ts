import type {
  AppendOutcome,
  EventStore,
  Position,
  StoredEvent,
  StreamTail,
  StreamWrite,
} from '@poinciana/event-sourcing';
import type { Metrics } from './metrics.js';

/** An event store that counts what is appended through it. */
export class MeteredEventStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly metrics: Metrics,
  ) {}

  async append(writes: readonly StreamWrite[]): Promise<readonly AppendOutcome[]> {
    const outcomes = await this.store.append(writes);
    outcomes.forEach(({ outcome }, index) => this.metrics.countAppend(outcome, writes[index]?.events.length ?? 0));
    return outcomes;
  }

  readTails(tails: readonly StreamTail[], limit?: number): Promise<readonly StoredEvent[]> {
    return this.store.readTails(tails, limit);
  }

  readLast(streams: readonly string[]): Promise<readonly (StoredEvent | undefined)[]> {
    return this.store.readLast(streams);
  }

  readLog(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.store.readLog(after, limit);
  }

  head(shard?: number): Promise<Position> {
    return this.store.head(shard);
  }

  redact(streams: readonly string[]): Promise<number> {
    return this.store.redact(streams);
  }

  onAppended(listener: () => void): () => void {
    return this.store.onAppended(listener);
  }
}
