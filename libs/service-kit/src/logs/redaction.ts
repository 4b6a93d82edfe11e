/** What stands in a log where something else must not. */
export const REDACTED = '[redacted]';

/** Names whose values never reach a log, wherever they stand; compared without case, hyphens and underscores. */
const HIDDEN_NAMES = new Set([
  'personal',
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'passwd',
  'bearer',
  'credentials',
  'databaseurl',
  'connectionstring',
]);
/** What such names end in: `clientSecret`, `saslPassword`, `access_token`, `apiKey`. A key by itself says which, and hides nothing. */
const HIDDEN_ENDING = /(secret|password|token|.key)$/;
/** Deeper or longer than this is cut, so that a log line stays small. */
const DEPTH_MAX = 8;
const ITEMS_MAX = 100;
const TEXT_LENGTH_MAX = 8_000;

const HIDDEN_TEXTS: readonly [RegExp, string][] = [
  [/\bBearer\s+[\w.~+/=-]+/gi, `Bearer ${REDACTED}`],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]+/g, REDACTED],
  [/\b([a-z][a-z0-9+]*:\/\/[^\s:/@]*):[^\s/@]+@/gi, `$1:${REDACTED}@`],
];

/** What a cut may leave of such texts at the end. */
const HIDDEN_ENDS: readonly [RegExp, string][] = [
  [/\beyJ[\w.-]*$/, REDACTED],
  [/\b([a-z][a-z0-9+]*:\/\/[^\s:/@]*):[^\s/@]*$/i, `$1:${REDACTED}`],
];

/** A text without tokens and without the passwords of addresses. */
export function redactText(text: string): string {
  if (text.length <= TEXT_LENGTH_MAX) return withoutHidden(text, HIDDEN_TEXTS);
  return `${withoutHidden(text.slice(0, TEXT_LENGTH_MAX), [...HIDDEN_TEXTS, ...HIDDEN_ENDS])}…`;
}

function withoutHidden(text: string, hidden: readonly [RegExp, string][]): string {
  return hidden.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}

/** A copy of a value that may be logged. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return value instanceof Error ? redactError(value, depth) : redactNested(value, depth);
}

function redactNested(value: object, depth: number): unknown {
  if (depth >= DEPTH_MAX) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => redact(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1);
  return redactObject(value, depth);
}

function redactObject(value: object, depth: number): object {
  const entries = Object.entries(value).slice(0, ITEMS_MAX);
  return Object.fromEntries(entries.map(([name, item]) => [name, isHidden(name) ? REDACTED : redact(item, depth + 1)]));
}

/**
 * Of an error only what code wrote: PostgreSQL puts whole rows into `detail`, `where` and parameters, and others do likewise.
 */
function redactError(error: Error, depth: number): object {
  const code = 'code' in error ? redact(error.code, DEPTH_MAX) : undefined;
  const cause = error.cause === undefined || depth >= DEPTH_MAX ? undefined : redact(error.cause, depth + 1);
  return {
    type: error.name,
    message: redactText(error.message),
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function isHidden(name: string): boolean {
  const plain = name.toLowerCase().replace(/[-_]/g, '');
  return HIDDEN_NAMES.has(plain) || HIDDEN_ENDING.test(plain);
}
