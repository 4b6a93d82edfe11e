/** A text as part of a LIKE pattern in which it means itself. */
export function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
