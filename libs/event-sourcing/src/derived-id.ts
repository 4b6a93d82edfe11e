import { v5 } from 'uuid';

/** The namespace of every id that Poinciana derives. Fixed for ever: ids in the log rest on it. */
const NAMESPACE = 'b6a1c6d2-5d0f-5d0e-9c55-0f6f5a0f7c11';

/**
 * An id that follows from what caused it (UUIDv5), so that handling the same input twice makes the same thing.
 * Parts are joined by a character that ids and names cannot hold.
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  return v5(parts.join('\u0000'), NAMESPACE);
}

/**
 * A derived id whose first 8 digits are those of another id, so that things of one owner (the participants of a campaign)
 * lie close together in an index.
 */
export function derivedIdBeside(owner: string, ...parts: readonly (string | number)[]): string {
  return owner.slice(0, 8) + derivedId(owner, ...parts).slice(8);
}
