import type { Dispatcher } from 'undici';

/** An answer of at most this many bytes is read; a longer one is none that we know. */
const ANSWER_BYTES_MAX = 1024 * 1024;

/** A provider's answer, whatever it says. */
export interface ProviderAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The provider's own clock. */
  readonly date: string | undefined;
  readonly body: string;
}

export interface CallRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** The answer, or that there was none: `written` says whether the provider may have got the request. */
export type CallOutcome = { readonly answer: ProviderAnswer } | { readonly written: boolean; readonly code: string };

/** Failures of the link itself, before a byte of a request went out: names, connections, certificates. */
const NOT_WRITTEN =
  /^(UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*|UND_ERR_CLOSED)$/;

/**
 * Calls exactly once: nothing here repeats a request. Whatever may have happened after the request was written counts as
 * written. Never throws for what the network does; no message or address of an error leaves this place.
 */
export async function callOnce(
  dispatcher: Dispatcher,
  address: URL,
  { method, headers: sent, body: text, signal }: CallRequest,
): Promise<CallOutcome> {
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: address.origin,
      path: address.pathname + address.search,
      method,
      headers: sent,
      ...(text === undefined ? {} : { body: text }),
      ...(signal === undefined ? {} : { signal }),
    });
    const answer = { status: statusCode, retryAfter: one(headers['retry-after']), date: one(headers.date) };
    return { answer: { ...answer, body: await textOf(body) } };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return { written: !NOT_WRITTEN.test(code), code: code.toLowerCase() };
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

async function textOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    const chunk = Buffer.from(part as Uint8Array);
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) break;
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The code of an error of the network; `undefined` for anything else, which is a bug. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  // Asked by shape: under a test runner an error of Node's own is of another realm.
  if ('name' in error && error.name === 'AbortError') return 'aborted';
  if (!('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code.startsWith('ERR_INVALID') ? undefined : error.code;
}

/** `Retry-After` in milliseconds: given in seconds, or as an instant of the provider's clock. */
export function retryAfterMs({ retryAfter, date }: ProviderAnswer): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const pause = Date.parse(retryAfter) - Date.parse(date ?? '');
  return Number.isNaN(pause) ? undefined : Math.max(0, pause);
}
