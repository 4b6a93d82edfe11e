/** Delimiters in the order in which a tie is decided (A84). */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const QUOTE = '"';

/** Where the first record of a text ends: behind its last character; -1 when the text holds no whole record. */
export function endOfFirstRecord(text: string): number {
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted && (character === '\n' || character === '\r')) return index;
  }
  return -1;
}

/** The delimiter most frequent in the header outside of quotes; without any, the file has one column (A84). */
export function detectDelimiter(header: string): Delimiter {
  const counts = new Map<string, number>();
  let isQuoted = false;
  for (const character of header) {
    if (character === QUOTE) isQuoted = !isQuoted;
    else if (!isQuoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const count = (delimiter: Delimiter) => counts.get(delimiter) ?? 0;
  return DELIMITERS.reduce<Delimiter>((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
}
