import { Agent } from 'undici';
import type { SendOutcome } from '../channel-adapter.js';
import { callOnce, type CallOutcome, type CallRequest, type CallTarget } from './call-once.js';

/** How a process connects to providers over HTTP. */
export interface ConnectionLimits {
  /** Connections to one provider, each with one request at a time. */
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** How long the provider may take to answer a request that was written. */
  readonly answerTimeoutMs: number;
}

/** Connections that stay open, of one adapter. */
export class ProviderConnections {
  /** The longest that one call can take, from the wait for a connection to the last piece of the answer. */
  readonly callTimeoutMs: number;
  private readonly agent: Agent;

  constructor({ connections, connectTimeoutMs, answerTimeoutMs }: ConnectionLimits) {
    this.callTimeoutMs = connectTimeoutMs + 2 * answerTimeoutMs;
    this.agent = new Agent({
      connections,
      pipelining: 1,
      connect: { timeout: connectTimeoutMs },
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
    });
  }

  call(address: URL, request: CallRequest): Promise<CallOutcome> {
    return this.callAt(targetOf(address), request);
  }

  /** For those who call one address again and again. */
  callAt(target: CallTarget, request: CallRequest): Promise<CallOutcome> {
    return callOnce(this.agent, target, request, this.callTimeoutMs);
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** A call without an answer: certainly not sent as long as nothing was written. */
export function unanswered({ written, code }: Exclude<CallOutcome, { readonly answer: object }>): SendOutcome {
  return written
    ? { outcome: 'unknown', providerCode: code }
    : { outcome: 'delayed', code: 'provider_unreachable', scope: 'channel', providerCode: code };
}

/** A channel whose settings or secrets do not suffice: nothing can be sent until somebody completes them. */
export const INCOMPLETE: SendOutcome = {
  outcome: 'delayed',
  code: 'channel_refused',
  scope: 'channel',
  providerCode: 'incomplete_settings',
};

export function targetOf({ origin, pathname, search }: URL): CallTarget {
  return { origin, path: pathname + search };
}

/** An address of a provider below its base; `undefined` when the base is none. */
export function addressBelow(base: string | undefined, path: string): URL | undefined {
  const address = `${base?.replace(/\/+$/, '') ?? ''}/${path}`;
  if (base === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}
