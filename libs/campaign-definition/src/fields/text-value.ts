/** The longest value, in UTF-16 code units after trimming (A38). */
export const VALUE_CHARACTERS_MAX = 32_767;

/** Unicode White_Space beyond ASCII, and U+FEFF (A26); U+0085 is what String.trim leaves. */
const WHITE_SPACE = new Set([
  0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028,
  0x2029, 0x202f, 0x205f, 0x3000, 0xfeff,
]);

function isWhiteSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return WHITE_SPACE.has(code);
}

export function trimWhiteSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace(text.charCodeAt(start))) start++;
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

const SUSPECT = /[\0\ud800-\udfff]/;
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** NUL and lone surrogates cannot be stored as text (A37). */
export function hasUnstorableCharacter(text: string): boolean {
  return SUSPECT.test(text) && UNSTORABLE.test(text);
}
