/** Plain JSON, as it comes from a request, a file or an event. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/** An object of JSON: neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own member of that name; never something inherited from Object. */
export function ownMember(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** How many bytes of UTF-8 a value takes as JSON; what JSON leaves out takes none. */
export function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  // The first bracket; every member stands before a comma or the last one.
  let bytes = 1;
  if (Array.isArray(value)) for (const each of value) bytes += jsonBytes(each) + 1;
  else if (isJsonObject(value)) {
    // Runs are measured by it: a list of the members would cost as much as the rest.
    for (const name in value) {
      const each = ownMember(value, name);
      if (each !== undefined) bytes += textBytes(name) + jsonBytes(each) + 2;
    }
  }
  return Math.max(bytes, 2);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Backspace, tab, line feed, form feed and carriage return. */
const SHORT_ESCAPES: readonly number[] = [8, 9, 10, 12, 13];

function textBytes(text: string): number {
  let bytes = text.length + 2;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isPlain = code >= 0x20 && code < 0x80 && code !== QUOTE && code !== BACKSLASH;
    if (!isPlain) bytes += bytesMore(text, index);
  }
  return bytes;
}

/** How many bytes more than one the code unit at an index takes; the second half of a pair stands for two of the four. */
function bytesMore(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x20) return SHORT_ESCAPES.includes(code) ? 1 : 5;
  if (code < 0x800) return 1;
  if (code < 0xd800 || code > 0xdfff) return 2;
  return isHalf(text, index) ? 5 : 1;
}

/** Whether a code unit is half of a surrogate pair without the other half: it is escaped. */
function isHalf(text: string, index: number): boolean {
  const isFirst = text.charCodeAt(index) < 0xdc00;
  return (text.codePointAt(isFirst ? index : index - 1) ?? 0) < 0x1_0000;
}
