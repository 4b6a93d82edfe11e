/** As much of a value as an index of PostgreSQL takes whatever the script, and a list shows. */
export const FOLDED_CHARACTERS_MAX = 256;

/** A value as lists sort and search by it: without regard to case, cut, '' when there is none. */
export function foldedText(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const folded = String(value).normalize('NFC').toLowerCase();
  return folded.length <= FOLDED_CHARACTERS_MAX
    ? folded
    : folded.slice(0, FOLDED_CHARACTERS_MAX).replace(/[\uD800-\uDBFF]$/, '');
}

/** Compares as PostgreSQL does in the collation C: by code point. */
export function compareTexts(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
