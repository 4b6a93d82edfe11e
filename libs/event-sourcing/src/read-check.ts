import { READ_EVENTS_MAX, READ_STREAMS_MAX } from './event-store.js';
import { assertStreamName } from './stream-name.js';

/** Throws a `RangeError` for more streams than one call may name, and for a name that no store could keep. */
export function checkStreams(streams: readonly string[]): void {
  if (streams.length > READ_STREAMS_MAX)
    throw new RangeError(`${streams.length} streams; at most ${READ_STREAMS_MAX} are possible`);
  for (const stream of streams) assertStreamName(stream);
}

/** Throws a `RangeError` for a number of events that one call cannot answer with. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > READ_EVENTS_MAX) {
    throw new RangeError(`A limit of ${limit} events; 1 to ${READ_EVENTS_MAX} are possible`);
  }
}
