import type { NewEvent } from './event.js';
import { APPEND_EVENTS_MAX, EVENT_BYTES_MAX, NO_STREAM, type StreamWrite } from './event-store.js';
import { assertStreamName } from './stream-name.js';

/** How deep the JSON of an event may be nested: far below what a parser of any store gives up at. */
export const EVENT_DEPTH_MAX = 200;
/** The longest name of an event type or of an actor, in characters. */
export const EVENT_NAME_LENGTH_MAX = 200;

/** How many names of types and actors are remembered as storable: there are far fewer. */
const KNOWN_NAMES_MAX = 1_000;

/** Small enough in UTF-16 to need no counting of bytes: a character is at most three of them. */
const SURELY_SMALL = EVENT_BYTES_MAX / 3;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Characters that no store keeps as they are in a plain column: NUL and half a surrogate pair. Inside JSON both are escaped. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** An event whose payload was turned into JSON once, for checking and for storing. */
export interface CheckedEvent {
  readonly event: NewEvent;
  readonly data: string;
  readonly personal: string | undefined;
}

/** One stream of an append after every check that needs no look at the log. */
export interface CheckedWrite {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly events: readonly CheckedEvent[];
}

/**
 * What every store refuses in the same way, before it touches the log. Throws a `RangeError` that names the stream or the
 * event by id, never a value of it.
 */
export function checkWrites(writes: readonly StreamWrite[]): readonly CheckedWrite[] {
  const streams = new Set<string>();
  let count = 0;
  for (const { stream, expectedRevision, events } of writes) {
    assertStreamName(stream);
    if (streams.has(stream)) throw new RangeError(`The stream ${stream} is named twice in one append`);
    if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
      throw new RangeError(`Not a revision to expect of ${stream}: ${expectedRevision}`);
    }
    if (events.length === 0) throw new RangeError(`An append to ${stream} without events`);
    streams.add(stream);
    count += events.length;
  }
  if (count > APPEND_EVENTS_MAX)
    throw new RangeError(`An append of ${count} events; at most ${APPEND_EVENTS_MAX} are possible`);
  return writes.map(({ stream, expectedRevision, events }) => ({
    stream,
    expectedRevision,
    events: events.map(checkEvent),
  }));
}

function checkEvent(event: NewEvent): CheckedEvent {
  const { id, workspace, key, causation, correlation } = event;
  if (!areIds(id, workspace, key, causation, correlation))
    throw new RangeError(`The ${wrongIdOf(event)} of an event is not a UUID in small letters: ${event.type}`);
  checkNames(event);
  if (!isInstant(event.time)) throw new RangeError(`The time of event ${id} is not ISO 8601 in UTC with milliseconds`);
  if (!Number.isInteger(event.hop) || event.hop < 0 || event.hop > 32_767)
    throw new RangeError(`The hop of event ${id} is out of range`);
  const data = jsonOf(event, event.data);
  const personal = event.personal === undefined ? undefined : jsonOf(event, event.personal);
  if (!fits(data, personal)) throw new RangeError(`The event ${id} is larger than ${EVENT_BYTES_MAX} bytes`);
  return { event, data, personal };
}

function areIds(id: string, workspace: string, key: string, causation: string, correlation: string): boolean {
  return UUID.test(id) && UUID.test(workspace) && UUID.test(key) && UUID.test(causation) && UUID.test(correlation);
}

function wrongIdOf(event: NewEvent): string {
  const names = ['id', 'workspace', 'key', 'causation', 'correlation'] as const;
  return names.find((name) => !UUID.test(event[name])) ?? 'id';
}

/** Names that were found storable: an import appends millions of events of a handful of types. */
const knownNames = new Set<string>();

function checkNames({ id, type, actor }: NewEvent): void {
  if (!isName(type) || !isName(actor)) throw new RangeError(`The type or the actor of event ${id} cannot be stored`);
}

function isName(text: string): boolean {
  if (knownNames.has(text)) return true;
  if (text.length === 0 || text.length > EVENT_NAME_LENGTH_MAX || UNSTORABLE.test(text)) return false;
  if (knownNames.size >= KNOWN_NAMES_MAX) knownNames.clear();
  knownNames.add(text);
  return true;
}

/** The instant that was found right last: the events of one decision share it. */
let knownInstant = '';

/** True for exactly what `Date.prototype.toISOString` writes in the years 1 to 9999. */
function isInstant(time: string): boolean {
  if (time === knownInstant) return true;
  const instant = new Date(time);
  if (time.length !== 24 || time <= '0001' || Number.isNaN(instant.getTime()) || instant.toISOString() !== time)
    return false;
  knownInstant = time;
  return true;
}

function jsonOf(event: NewEvent, payload: object): string {
  const json = JSON.stringify(payload);
  if (!json.startsWith('{')) throw new RangeError(`The payload of event ${event.id} is not a JSON object`);
  if (mayBeDeep(json) && depthOf(json) > EVENT_DEPTH_MAX)
    throw new RangeError(`The event ${event.id} is nested deeper than ${EVENT_DEPTH_MAX}`);
  return json;
}

function fits(data: string, personal = ''): boolean {
  if (data.length + personal.length <= SURELY_SMALL) return true;
  const encoder = new TextEncoder();
  return encoder.encode(data).length + encoder.encode(personal).length <= EVENT_BYTES_MAX;
}

/** Whether JSON holds enough brackets and braces to be nested deeper than allowed: looking for them is far cheaper than following them. */
function mayBeDeep(json: string): boolean {
  if (json.length <= 2 * EVENT_DEPTH_MAX) return false;
  let opened = 0;
  for (const bracket of ['{', '[']) {
    for (let at = json.indexOf(bracket); at >= 0 && opened <= EVENT_DEPTH_MAX; at = json.indexOf(bracket, at + 1))
      opened += 1;
  }
  return opened > EVENT_DEPTH_MAX;
}

/** How deep JSON is nested. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (inText && character === 0x5c) at += 1;
    else if (character === 0x22) inText = !inText;
    else if (!inText) depth += stepOf(character);
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** One level down for an opening bracket or brace, one up for a closing one. */
function stepOf(character: number): number {
  if (character === 0x5b || character === 0x7b) return 1;
  return character === 0x5d || character === 0x7d ? -1 : 0;
}
