import type { IncomingHttpHeaders } from 'node:http';
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

/** Where a call goes: the origin of an address, and the rest of it. */
export interface CallTarget {
  readonly origin: string;
  readonly path: string;
}

export interface CallRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** The answer, or that there was none: `written` says whether the provider may have got the request. */
export type CallOutcome = { readonly answer: ProviderAnswer } | { readonly written: boolean; readonly code: string };

/**
 * Calls exactly once: nothing here repeats a request. Whatever may have happened after the request was written counts as
 * written. Never throws for what the network does; no message or address of an error leaves this place.
 */
export function callOnce(
  dispatcher: Dispatcher,
  { origin, path }: CallTarget,
  request: CallRequest,
): Promise<CallOutcome> {
  const { method, headers, body = null, signal } = request;
  return new Promise((resolve, reject) => {
    dispatcher.dispatch({ origin, path, method, headers, body }, new AnswerReader(signal, resolve, reject));
  });
}

/** Takes an answer as it comes, without a stream around it: that costs a third of what a call costs in all. */
class AnswerReader implements Dispatcher.DispatchHandler {
  /** From then on the provider may have got the request, whatever becomes of the connection. */
  private isWritten = false;
  private status = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly parts: Buffer[] = [];
  private bytes = 0;
  private forgetSignal: () => void = () => undefined;

  constructor(
    private readonly signal: AbortSignal | undefined,
    private readonly resolve: (outcome: CallOutcome) => void,
    private readonly reject: (error: unknown) => void,
  ) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { signal } = this;
    // The client begins a request anew in rare cases: then the first time may have reached the provider.
    if (this.isWritten) return controller.abort(Object.assign(new Error('Begun before'), { code: 'BEGUN_BEFORE' }));
    const abort = (): void => controller.abort(signal?.reason as Error);
    if (signal?.aborted === true) return abort();
    this.isWritten = true;
    if (signal === undefined) return;
    signal.addEventListener('abort', abort, { once: true });
    this.forgetSignal = () => signal.removeEventListener('abort', abort);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, part: Buffer): void {
    this.bytes += part.length;
    if (this.bytes <= ANSWER_BYTES_MAX) return void this.parts.push(part);
    this.answer();
    controller.abort(new Error('An answer that is too long'));
  }

  onResponseEnd(): void {
    this.answer();
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.forgetSignal();
    const code = codeOf(error);
    if (code === undefined) this.reject(error);
    else this.resolve({ written: this.isWritten, code: code.toLowerCase() });
  }

  private answer(): void {
    this.forgetSignal();
    const { status, headers, parts } = this;
    const body = (parts.length === 1 ? parts[0] : Buffer.concat(parts))?.toString('utf8') ?? '';
    this.resolve({ answer: { status, retryAfter: one(headers['retry-after']), date: one(headers['date']), body } });
  }
}

function one(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
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
