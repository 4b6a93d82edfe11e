/**
 * Bulk parameters. PostgreSQL reads an array in its binary form several times faster than the text form, and Node writes it
 * faster. A `Buffer` as a parameter goes over the wire as it is, so the statement must name the type: `unnest($1::uuid[])`.
 * https://www.postgresql.org/docs/current/xtypes.html: number of dimensions, flag for nulls, type, length, lower bound, then each
 * element as its length (-1 for null) and its bytes.
 */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
/** From this width on, a value is written from a text. */
const DEAR_BYTES = 8;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

type Values<Value> = readonly (Value | null | undefined)[];
type Write<Value> = (buffer: Buffer, value: Value, at: number) => void;

/** Encoders by type. `null` and `undefined` become NULL. A value out of range throws a `RangeError` and is not part of its message. */
export const binaryArray = {
  /** UUIDs with hyphens. */
  uuid: (values: Values<string>): Buffer => ofWidth(2950, UUID_BYTES, values, writeUuid),
  bool: (values: Values<boolean>): Buffer =>
    ofWidth(16, 1, values, (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at)),
  int2: (values: Values<number>): Buffer =>
    ofWidth(21, 2, values, (buffer, value, at) => buffer.writeInt16BE(within(value, 0x8000), at)),
  int4: (values: Values<number>): Buffer =>
    ofWidth(23, 4, values, (buffer, value, at) => buffer.writeInt32BE(within(value, 0x8000_0000), at)),
  /** Safe integers only. */
  int8: (values: Values<number>): Buffer =>
    ofWidth(20, 8, values, (buffer, value, at) => writeInt8(buffer, within(value, 2 ** 53), at)),
  float8: (values: Values<number>): Buffer =>
    ofWidth(701, 8, values, (buffer, value, at) => buffer.writeDoubleBE(value, at)),
  /** Texts without NUL, which PostgreSQL refuses. */
  text: (values: Values<string>): Buffer => ofTexts(25, values),
  /** JSON texts, for columns `json`; for `jsonb` cast the array: `$1::json[]::jsonb[]`. */
  json: (values: Values<string>): Buffer => ofTexts(114, values),
  /** Instants as ISO 8601, as `Date`, or as milliseconds since 1970. */
  timestamptz: (values: Values<string | Date | number>): Buffer =>
    ofWidth(1184, 8, values, (buffer, value, at) =>
      writeInstant(buffer, millisecondsOf(value) - POSTGRES_EPOCH_MS, at),
    ),
};

function ofWidth<Value>(type: number, width: number, values: Values<Value>, write: Write<Value>): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + values.length * (LENGTH_BYTES + width));
  let at = HEADER_BYTES;
  let nulls = 0;
  let before: { readonly value: Value; readonly at: number } | undefined;
  for (const value of values) {
    if (value === null || value === undefined) {
      at = buffer.writeInt32BE(-1, at);
      nulls = 1;
    } else {
      at = buffer.writeInt32BE(width, at);
      if (before?.value === value) buffer.copyWithin(at, before.at, before.at + width);
      else write(buffer, value, at);
      // Many columns hold one value over and over: where writing is dear, a copy costs less than writing it again.
      if (width >= DEAR_BYTES && before?.value !== value) before = { value, at };
      at += width;
    }
  }
  return withHeader(buffer, type, nulls, values.length, at);
}

function ofTexts(type: number, values: Values<string>): Buffer {
  let bytes = HEADER_BYTES;
  // Exactly as many as there will be: memory outside the heap that is asked for in vain makes Node collect its garbage too often.
  for (const value of values) bytes += LENGTH_BYTES + (value ? Buffer.byteLength(value) : 0);
  const buffer = Buffer.allocUnsafe(bytes);
  let at = HEADER_BYTES;
  let nulls = 0;
  for (const value of values) {
    if (value === null || value === undefined) {
      at = buffer.writeInt32BE(-1, at);
      nulls = 1;
    } else {
      const length = buffer.write(value, at + LENGTH_BYTES, 'utf8');
      at = buffer.writeInt32BE(length, at) + length;
    }
  }
  return withHeader(buffer, type, nulls, values.length, at);
}

function withHeader(buffer: Buffer, type: number, nulls: number, length: number, end: number): Buffer {
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(nulls, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer.subarray(0, length === 0 ? 12 : end);
}

/** Where the hexadecimal digits of a UUID stand in its text: two for each byte. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const UUID_HYPHENS = [8, 13, 18, 23] as const;
const HYPHEN = 0x2d;
/** The value of each hexadecimal digit by its character code, and a number that spoils every byte for any other character. */
const NO_DIGIT = 0x1000;
const DIGIT_VALUES = Uint16Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? NO_DIGIT : value;
});

function writeUuid(buffer: Buffer, value: string, at: number): void {
  if (value.length !== 36 || UUID_HYPHENS.some((hyphen) => value.charCodeAt(hyphen) !== HYPHEN))
    throw new RangeError('Not a UUID');
  let seen = 0;
  for (let byte = 0; byte < UUID_BYTES; byte += 1) {
    const digit = UUID_DIGITS[byte] ?? 0;
    const both = (digitAt(value, digit) << 4) | digitAt(value, digit + 1);
    seen |= both;
    buffer[at + byte] = both;
  }
  if (seen > 0xff) throw new RangeError('Not a UUID');
}

function digitAt(text: string, at: number): number {
  return DIGIT_VALUES[text.charCodeAt(at)] ?? NO_DIGIT;
}

function writeInt8(buffer: Buffer, value: number, at: number): void {
  const high = Math.floor(value / 0x1_0000_0000);
  buffer.writeInt32BE(high, at);
  buffer.writeUInt32BE(value - high * 0x1_0000_0000, at + 4);
}

/** Microseconds of three centuries around 2000 are safe integers; beyond, the slower way is exact. */
function writeInstant(buffer: Buffer, milliseconds: number, at: number): void {
  const microseconds = milliseconds * 1000;
  if (Number.isSafeInteger(microseconds)) writeInt8(buffer, microseconds, at);
  else buffer.writeBigInt64BE(BigInt(milliseconds) * 1000n, at);
}

/** A whole number from -limit to limit - 1 that JavaScript knows exactly. */
function within(value: number, limit: number): number {
  if (!Number.isSafeInteger(value) || value < -limit || value >= limit)
    throw new RangeError('Not a whole number of this size');
  return value;
}

function millisecondsOf(value: string | Date | number): number {
  const instant = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : value.getTime();
  if (!Number.isFinite(instant)) throw new RangeError('Not an instant');
  return Math.floor(instant);
}
