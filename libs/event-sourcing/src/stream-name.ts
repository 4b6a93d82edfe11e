/** A stream is called `<category>-<uuid>`, for example `flow-runs-0b5c…`. */
const UUID_LENGTH = 36;
const STREAM = /^[a-z][a-z-]{0,40}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function streamName(category: string, id: string): string {
  return `${category}-${id}`;
}

/** The category of a stream: everything before its id. */
export function categoryOf(stream: string): string {
  return stream.slice(0, -(UUID_LENGTH + 1));
}

/** The id of a stream: the UUID at its end. */
export function streamIdOf(stream: string): string {
  return stream.slice(-UUID_LENGTH);
}

/** Throws a `RangeError` for a name that no store could keep. */
export function assertStreamName(stream: string): void {
  if (!STREAM.test(stream)) throw new RangeError(`Not a stream name: ${stream.slice(0, 100)}`);
}
