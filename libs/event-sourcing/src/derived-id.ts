import { createHash, hash } from 'node:crypto';

/** The namespace of every id that Poinciana derives. Fixed for ever: ids in the log rest on it. */
const NAMESPACE = 'b6a1c6d2-5d0f-5d0e-9c55-0f6f5a0f7c11';
const NAMESPACE_BYTES = 16;
/** Texts of so many characters fit the buffer whatever they are: a character is at most three bytes. */
const SHORT_CHARACTERS_MAX = 1_024;
/** What is hashed, used again and again: deriving an id never waits in the middle. */
const hashed = Buffer.alloc(NAMESPACE_BYTES + 3 * SHORT_CHARACTERS_MAX);
hashed.write(NAMESPACE.replaceAll('-', ''), 'hex');
/** Where an id is written before it becomes a text: put together from pieces it would be a tree of them, which every look at it pays for. */
const text = Buffer.alloc(NAMESPACE.length, '-');
const DIGIT_PLACES = [...NAMESPACE].flatMap((character, place) => (character === '-' ? [] : [place]));
const VERSION_PLACE = 14;
const VERSION = '5'.charCodeAt(0);
const VARIANT_PLACE = 19;
const VARIANTS = '89ab';

/**
 * An id that follows from what caused it (UUIDv5, RFC 9562), so that handling the same input twice makes the same thing.
 * Parts are joined by a character that ids and names cannot hold.
 */
export function derivedId(...parts: readonly (string | number)[]): string {
  const digits = sha1(parts.join('\u0000'));
  for (let at = 0; at < DIGIT_PLACES.length; at += 1) text[DIGIT_PLACES[at] ?? 0] = digits.charCodeAt(at);
  text[VERSION_PLACE] = VERSION;
  text[VARIANT_PLACE] = variantOf(digits);
  return text.toString('latin1');
}

/**
 * A derived id whose first 8 digits are those of another id, so that things of one owner (the participants of a campaign)
 * lie close together in an index.
 */
export function derivedIdBeside(owner: string, ...parts: readonly (string | number)[]): string {
  return owner.slice(0, 8) + derivedId(owner, ...parts).slice(8);
}

/** Of the namespace and a name, as hexadecimal digits. */
function sha1(name: string): string {
  if (name.length > SHORT_CHARACTERS_MAX)
    return createHash('sha1').update(hashed.subarray(0, NAMESPACE_BYTES)).update(name).digest('hex');
  return hash('sha1', hashed.subarray(0, NAMESPACE_BYTES + hashed.write(name, NAMESPACE_BYTES)), 'hex');
}

/** The digit that holds the variant: its two upper bits are 10. */
function variantOf(digits: string): number {
  return VARIANTS.charCodeAt(Number.parseInt(digits.charAt(16), 16) % VARIANTS.length);
}
