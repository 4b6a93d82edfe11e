import type { Position } from '@poinciana/event-sourcing';

/**
 * What a handler answers about a thing that somebody writes: the body, the place in the log that it reflects, sent as the header
 * `poinciana-position`, and the etag of what may be written next, sent as the header `etag`.
 */
export class Written<Body> {
  constructor(
    readonly body: Body,
    readonly position: Position,
    readonly etag?: string,
  ) {}
}

export function written<Body>(body: Body, position: Position, etag?: string): Written<Body> {
  return new Written(body, position, etag);
}
