import type {
  AppendOutcome,
  EventStore,
  Position,
  StoredEvent,
  StreamTail,
  StreamWrite,
} from '@poinciana/event-sourcing';

/** Counts what is read of the log, for the test of back-pressure; everything else is the store's own. */
export class CountingEventStore implements EventStore {
  eventsRead = 0;

  constructor(private readonly store: EventStore) {}

  append(writes: readonly StreamWrite[]): Promise<readonly AppendOutcome[]> {
    return this.store.append(writes);
  }

  readTails(tails: readonly StreamTail[], limit?: number): Promise<readonly StoredEvent[]> {
    return this.store.readTails(tails, limit);
  }

  readLast(streams: readonly string[]): Promise<readonly (StoredEvent | undefined)[]> {
    return this.store.readLast(streams);
  }

  async readLog(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    const events = await this.store.readLog(after, limit);
    this.eventsRead += events.length;
    return events;
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
