import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { RequestRefusal } from '../errors/problem.js';
import { IDEMPOTENCY_HEADER, SANE_ID } from './request-identity.js';

/** Objects and arrays within each other in a body. */
export const BODY_DEPTH_MAX = 32;
/**
 * Names with which a parsed body could reach into the prototypes of whoever copies it, and those that every object has already:
 * what copies a body leaves these out in silence, so nobody would be told that they are unknown.
 */
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);
const UUID_IN_ANY_CASE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What PostgreSQL cannot keep in a text: the character 0, and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** A mark before the text is left out. */
const UTF8 = new TextDecoder();

/** Reads a JSON body. Throws `RequestRefusal` 400 for what is no JSON in UTF-8, too deep, or made to do harm. */
export function parseBody(json: string | Uint8Array): unknown {
  return parseBodyWith(json, checkText);
}

/** The same where whoever takes the body looks for texts that cannot be stored. */
export function parseBodyOfAnyText(json: string | Uint8Array): unknown {
  return parseBodyWith(json, () => undefined);
}

function parseBodyWith(json: string | Uint8Array, check: typeof checkText): unknown {
  let body: unknown;
  try {
    body = JSON.parse(typeof json === 'string' ? json : textOf(json));
  } catch (error) {
    if (error instanceof SyntaxError) throw malformedJson();
    throw error;
  }
  checkBody(body, check);
  return body;
}

/** Bytes that are no text are refused, or the sign for what could not be read would be stored as if somebody had written it. */
function textOf(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw malformedJson();
  return UTF8.decode(bytes);
}

function malformedJson(): RequestRefusal {
  return new RequestRefusal(400, 'malformed_json', 'The body is not valid JSON in UTF-8.');
}

/** Walks without recursion: the depth of the body must not become the depth of our stack. */
function checkBody(body: unknown, check: typeof checkText): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > BODY_DEPTH_MAX) {
      throw new RequestRefusal(400, 'nested_too_deeply', `The body is nested more than ${BODY_DEPTH_MAX} levels deep.`);
    }
    level = level.flatMap((value) => partsOf(value, check));
  }
}

function partsOf(value: unknown, check: typeof checkText): unknown[] {
  if (typeof value === 'string') check(value);
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) Object.keys(value).forEach((name) => checkName(name, check));
  return Object.values(value);
}

function checkName(name: string, check: typeof checkText): void {
  check(name);
  if (FORBIDDEN_NAMES.has(name)) {
    throw new RequestRefusal(400, 'forbidden_name', `No property may be called ${name}.`);
  }
}

/** Throws `RequestRefusal` 400 for a text that cannot be stored. */
export function checkText(text: string): void {
  if (UNSTORABLE.test(text)) {
    throw new RequestRefusal(400, 'unstorable_text', 'A text holds the character 0 or half of a surrogate pair.');
  }
}

/** Checks path and query of a request. Throws `RequestRefusal` 400. */
export function checkAddress(address: string): void {
  if (/%00/.test(address)) {
    throw new RequestRefusal(400, 'unstorable_text', 'The address holds the character 0.');
  }
  const queryAt = address.indexOf('?');
  if (queryAt < 0) return;
  for (const name of new URLSearchParams(address.slice(queryAt + 1)).keys()) {
    if (FORBIDDEN_NAMES.has(name))
      throw new RequestRefusal(400, 'forbidden_name', `No parameter may be called ${name}.`);
  }
}

/** A request of HTTP/1.1 names its host. Throws `RequestRefusal` 400. */
export function checkHost({ httpVersion, headers }: IncomingMessage): void {
  if (httpVersion === '1.1' && headers.host === undefined) {
    throw new RequestRefusal(400, 'malformed_request', 'The request names no host.');
  }
}

/** The same thing is called by the same name in every case: streams are found by UUIDs in small letters. */
export function foldUuids(parameters: unknown): void {
  if (typeof parameters !== 'object' || parameters === null) return;
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'string' && UUID_IN_ANY_CASE.test(value))
      Object.assign(parameters, { [name]: value.toLowerCase() });
  }
}

/** A key that we would not use must not look as if it protected a caller from writing twice. Throws `RequestRefusal` 400. */
export function checkIdempotencyKey(headers: IncomingHttpHeaders): void {
  const key = headers[IDEMPOTENCY_HEADER];
  if (key === undefined || (typeof key === 'string' && SANE_ID.test(key))) return;
  throw new RequestRefusal(
    400,
    'malformed_idempotency_key',
    `${IDEMPOTENCY_HEADER} must have 1 to 100 letters, digits or . _ : - characters.`,
  );
}
