import type { NewEvent, StoredEvent } from './event.js';
import type { Position } from './position.js';

/** The expected revision of a stream that must not exist yet. */
export const NO_STREAM = -1;

/** Bounds of one call. A caller with more splits it; a store refuses more with a `RangeError`. */
export const APPEND_EVENTS_MAX = 10_000;
export const READ_EVENTS_MAX = 10_000;
export const READ_STREAMS_MAX = 10_000;
/** A page of the log ends after the event that brings it to so many characters of JSON. */
export const READ_LOG_CHARACTERS_MAX = 16 * 1024 * 1024;
/** One event, `data` and `personal` together, as JSON. */
export const EVENT_BYTES_MAX = 768 * 1024;

/** New events for one stream, whose last event must have the expected revision. */
export interface StreamWrite {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly NewEvent[];
}

/**
 * What became of one stream of an append.
 *
 * - `appended`: the events are in the log; `revision` and `position` are those of the last one.
 * - `replayed`: exactly these event ids already stand at exactly these revisions. The stored events count, not the repeated ones.
 * - `conflict`: the stream is somewhere else; nothing was written to it. `revision` is its last one, or NO_STREAM.
 */
export type AppendOutcome =
  | { readonly outcome: 'appended' | 'replayed'; readonly revision: number; readonly position: Position }
  | { readonly outcome: 'conflict'; readonly revision: number };

/** A stream, and the revision after which to read it: NO_STREAM for all of it. */
export interface StreamTail {
  readonly stream: string;
  readonly afterRevision: number;
}

/**
 * The log. Atomic per stream only; order of append is order of reading, over all streams of a shard, and a reader never
 * meets a gap that fills later. Every method throws `TransientError` when the log cannot be reached: an append may then
 * have happened or not, and is repeated as it was.
 */
export interface EventStore {
  /** Appends to many streams, each named once, and answers for each, in the order of `writes`. */
  append(writes: readonly StreamWrite[]): Promise<readonly AppendOutcome[]>;
  /** The events of many streams after a revision each: stream by stream in the order asked, by revision; at most `limit` a stream. */
  readTails(tails: readonly StreamTail[], limit?: number): Promise<readonly StoredEvent[]>;
  /** The last event of each stream, in the order asked; `undefined` where there is none. */
  readLast(streams: readonly string[]): Promise<readonly (StoredEvent | undefined)[]>;
  /** The next events of a shard after a position, at most `limit`, fewer where they are large, in log order. Only an empty page is the end. */
  readLog(after: Position, limit: number): Promise<readonly StoredEvent[]>;
  /** The position of the last event of a shard. */
  head(shard?: number): Promise<Position>;
  /** Takes `personal` out of every event of these streams; everything else stays. Answers how many events lost something. */
  redact(streams: readonly string[]): Promise<number>;
  /** Calls back after this process appended something. Others are found by polling. Returns how to stop listening. */
  onAppended(listener: () => void): () => void;
}

/** All events of one stream after a revision, page by page. */
export async function readStream(
  store: EventStore,
  stream: string,
  afterRevision: number = NO_STREAM,
): Promise<readonly StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readTails([{ stream, afterRevision: afterRevision + events.length }], READ_EVENTS_MAX);
    events.push(...page);
    if (page.length < READ_EVENTS_MAX) return events;
  }
}
