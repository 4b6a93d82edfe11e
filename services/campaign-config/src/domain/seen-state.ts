import { DomainError, derivedId } from '@poinciana/event-sourcing';

/** Which states of a thing the caller has seen and wants to change: their etags, or `any`. */
export type SeenState = 'any' | readonly string[];

/** What names a state of a thing: the same for the same content, whoever asks and whenever. */
export function etagOf(thing: object): string {
  return derivedId('etag', JSON.stringify(thing));
}

/** Refuses to change a thing that the caller has not seen as it is, so that nobody overwrites another's work in silence. */
export function assertSeen(seen: SeenState | undefined, thing: object): void {
  if (seen === 'any') return;
  const etag = etagOf(thing);
  if (seen === undefined) {
    const message = 'Something is there already: send its etag as if-match, or * to overwrite whatever there is';
    throw new DomainError('if_match_required', message, 'unseen', { etag });
  }
  if (seen.includes(etag)) return;
  const message = 'Somebody else changed it since it was read: read it again, or send if-match: * to overwrite it';
  throw new DomainError('changed_meanwhile', message, 'stale', { etag });
}
