import type { StoredEvent } from './event.js';

const known = new WeakMap<readonly StoredEvent[], readonly number[]>();

/**
 * Notes how many characters of JSON each event of a page has, by a store that knows it without looking. The same page is answered,
 * so that nobody else need care.
 */
export function withSizes(events: readonly StoredEvent[], characters: readonly number[]): readonly StoredEvent[] {
  known.set(events, characters);
  return events;
}

/** What was noted of a page; undefined for one of which nothing was. */
export function sizesOf(events: readonly StoredEvent[]): readonly number[] | undefined {
  return known.get(events);
}
