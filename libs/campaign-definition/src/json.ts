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
  else
    for (const [name, each] of Object.entries(value))
      if (each !== undefined) bytes += textBytes(name) + jsonBytes(each) + 2;
  return Math.max(bytes, 2);
}

function textBytes(text: string): number {
  let bytes = 2;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    bytes += code < 0x80 ? asciiBytes(code) : wideBytes(code);
    if (code > 0xffff) index += 1;
  }
  return bytes;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Backspace, tab, line feed, form feed and carriage return. */
const SHORT_ESCAPES: readonly number[] = [8, 9, 10, 12, 13];

function asciiBytes(code: number): number {
  if (code >= 0x20) return code === QUOTE || code === BACKSLASH ? 2 : 1;
  return SHORT_ESCAPES.includes(code) ? 2 : 6;
}

/** Half a surrogate pair is escaped. */
function wideBytes(code: number): number {
  if (code > 0xffff) return 4;
  if (code < 0x800) return 2;
  return code >= 0xd800 && code <= 0xdfff ? 6 : 3;
}
