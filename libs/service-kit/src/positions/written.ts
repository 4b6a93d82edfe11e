import type { Position } from '@poinciana/event-sourcing';

/** What a write's handler returns: the body, and where in the log the write ends. Sent as the header `poinciana-position`. */
export class Written<Body> {
  constructor(
    readonly body: Body,
    readonly position: Position,
  ) {}
}

export function written<Body>(body: Body, position: Position): Written<Body> {
  return new Written(body, position);
}
