import type { Cuts } from '../cuts/cuts.js';
import { type CheckedEvent, type CheckedWrite, checkWrites } from '../event-check.js';
import type { StoredEvent } from '../event.js';
import {
  type AppendOutcome,
  type EventStore,
  READ_EVENTS_MAX,
  READ_LOG_CHARACTERS_MAX,
  type StreamTail,
  type StreamWrite,
} from '../event-store.js';
import { type Position, START } from '../position.js';
import { checkLimit, checkStreams } from '../read-check.js';

/** An event with its payload as text, so that nobody holds a piece of the log by reference. */
interface LogEntry {
  readonly event: Omit<StoredEvent, 'data' | 'personal'>;
  readonly data: string;
  personal: string | undefined;
}

/**
 * The twin of the real stores: the same answers, nothing kept. With `cuts`, an append can end before, between and after
 * its streams, as it does on a store that goes stream by stream; what was written until then stays written.
 */
export class InMemoryEventStore implements EventStore {
  private readonly log: LogEntry[] = [];
  private readonly streams = new Map<string, LogEntry[]>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly cuts?: Cuts) {}

  async append(writes: readonly StreamWrite[]): Promise<readonly AppendOutcome[]> {
    const checked = checkWrites(writes);
    this.cuts?.pass('before an append');
    const outcomes = checked.map((write, index) => {
      const outcome = this.appendTo(write);
      this.cuts?.pass(`after stream ${index + 1} of ${checked.length} of an append`);
      return outcome;
    });
    if (outcomes.some((outcome) => outcome.outcome === 'appended'))
      this.listeners.forEach((listener) => queueMicrotask(listener));
    return outcomes;
  }

  async readTails(tails: readonly StreamTail[], limit = READ_EVENTS_MAX): Promise<readonly StoredEvent[]> {
    checkStreams(tails.map(({ stream }) => stream));
    checkLimit(limit);
    return tails.flatMap(({ stream, afterRevision }) =>
      (this.streams.get(stream) ?? []).slice(afterRevision + 1, afterRevision + 1 + limit).map(read),
    );
  }

  async readLast(streams: readonly string[]): Promise<readonly (StoredEvent | undefined)[]> {
    checkStreams(streams);
    return streams.map((stream) => {
      const last = this.streams.get(stream)?.at(-1);
      return last && read(last);
    });
  }

  async readLog(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    checkLimit(limit);
    const page = after.shard === START.shard ? this.log.slice(after.number, after.number + limit) : [];
    let characters = 0;
    const end = page.findIndex(({ data, personal }) => {
      characters += data.length + (personal?.length ?? 0);
      return characters >= READ_LOG_CHARACTERS_MAX;
    });
    return (end < 0 ? page : page.slice(0, end + 1)).map(read);
  }

  async head(shard = START.shard): Promise<Position> {
    return { shard, number: shard === START.shard ? this.log.length : 0 };
  }

  async redact(streams: readonly string[]): Promise<number> {
    checkStreams(streams);
    const entries = streams
      .flatMap((stream) => this.streams.get(stream) ?? [])
      .filter(({ personal }) => personal !== undefined);
    for (const entry of entries) entry.personal = undefined;
    return new Set(entries).size;
  }

  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private appendTo({ stream, expectedRevision, events }: CheckedWrite): AppendOutcome {
    const entries = this.streams.get(stream) ?? [];
    const revision = entries.length - 1;
    if (revision === expectedRevision) {
      const added = events.map((event, index) =>
        this.entry(event, stream, revision + 1 + index, this.log.length + 1 + index),
      );
      this.log.push(...added);
      entries.push(...added);
      this.streams.set(stream, entries);
      return {
        outcome: 'appended',
        revision: revision + events.length,
        position: { shard: START.shard, number: this.log.length },
      };
    }
    const standing = entries.slice(expectedRevision + 1, expectedRevision + 1 + events.length);
    const last = standing.at(-1);
    const same = last !== undefined && events.every(({ event }, index) => standing[index]?.event.id === event.id);
    return same
      ? { outcome: 'replayed', revision: last.event.revision, position: last.event.position }
      : { outcome: 'conflict', revision };
  }

  private entry({ event, data, personal }: CheckedEvent, stream: string, revision: number, number: number): LogEntry {
    const { data: _data, personal: _personal, ...envelope } = event;
    return { event: { ...envelope, stream, revision, position: { shard: START.shard, number } }, data, personal };
  }
}

function read({ event, data, personal }: LogEntry): StoredEvent {
  const payload: object = JSON.parse(data);
  return personal === undefined
    ? { ...event, data: payload }
    : { ...event, data: payload, personal: JSON.parse(personal) };
}
