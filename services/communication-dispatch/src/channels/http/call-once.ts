import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

/** An answer of at most this many bytes is read; a longer one is none that we know. */
const ANSWER_BYTES_MAX = 1024 * 1024;
/** How the error of a call is named that took longer than it may. */
const TIMED_OUT = 'CALL_TIMED_OUT';

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
 * written. Is over after `timeoutMs`, however long it waited for a connection and however slowly the answer comes: the client's
 * own time-outs begin anew with every piece of it. Never throws for what the network does; no message or address of an error
 * leaves this place.
 */
export function callOnce(
  dispatcher: Dispatcher,
  { origin, path }: CallTarget,
  request: CallRequest,
  timeoutMs: number,
): Promise<CallOutcome> {
  const { method, headers, body = null, signal } = request;
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader(signal, timeoutMs, resolve, reject);
    dispatcher.dispatch({ origin, path, method, headers, body }, reader);
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
  private controller: Dispatcher.DispatchController | undefined;
  private gaveUp: Error | undefined;
  private readonly timer: NodeJS.Timeout;
  private readonly onAbort = (): void => this.giveUp(this.signal?.reason as Error);

  constructor(
    private readonly signal: AbortSignal | undefined,
    timeoutMs: number,
    private readonly resolve: (outcome: CallOutcome) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.timer = setTimeout(() => this.giveUp(failure(TIMED_OUT)), timeoutMs);
    if (signal?.aborted === true) this.onAbort();
    else signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.gaveUp !== undefined) return controller.abort(this.gaveUp);
    // The client begins a request anew in rare cases: then the first time may have reached the provider.
    if (this.isWritten) return controller.abort(failure('BEGUN_BEFORE'));
    this.isWritten = true;
    this.controller = controller;
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
    this.fail(error);
  }

  /** One that still waits for a connection is over too: it is not written when its turn comes. */
  private giveUp(reason: Error): void {
    this.gaveUp = reason;
    if (this.controller === undefined) this.fail(reason);
    else this.controller.abort(reason);
  }

  private fail(error: Error): void {
    this.end();
    const code = codeOf(error);
    if (code === undefined) this.reject(error);
    else this.resolve({ written: this.isWritten, code: code.toLowerCase() });
  }

  private end(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
  }

  private answer(): void {
    this.end();
    const { status, headers, parts } = this;
    const body = (parts.length === 1 ? parts[0] : Buffer.concat(parts))?.toString('utf8') ?? '';
    this.resolve({ answer: { status, retryAfter: one(headers['retry-after']), date: one(headers['date']), body } });
  }
}

function failure(code: string): Error {
  return Object.assign(new Error('A call that is given up'), { code });
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
