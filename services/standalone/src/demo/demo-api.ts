import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '@poinciana/event-sourcing';

/** How often a request is repeated while the services are busy or on their way back. */
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 250;
/** Answers that say: later. */
const LATER = [429, 502, 503];

/** A request that was refused: what the problem document says. */
export class DemoRefusal extends Error {
  override readonly name = 'DemoRefusal';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface DemoRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: JsonObject | FormData;
  /** Names a command, so that a demo that was cut off may repeat it. */
  readonly idempotencyKey?: string;
  readonly accept?: string;
}

/** The public API, as any front end uses it. The demo knows no other way in. */
export class DemoApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async json<Answer>(path: string, request: DemoRequest = {}): Promise<Answer> {
    const response = await this.send(path, request);
    return (await response.json()) as Answer;
  }

  async text(path: string): Promise<string> {
    const response = await this.send(path, { accept: 'text/plain' });
    return response.text();
  }

  private async send(path: string, request: DemoRequest): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${this.url}${path}`, initOf(request, this.token));
      if (response.ok) return response;
      const problem = (await response.json()) as { readonly code?: string; readonly detail?: string };
      const { code = 'unknown', detail = response.statusText } = problem;
      if (!LATER.includes(response.status) || attempt === ATTEMPTS_MAX)
        throw new DemoRefusal(response.status, code, detail);
      await pause(PAUSE_MS);
    }
  }
}

function initOf({ method = 'GET', body, idempotencyKey, accept }: DemoRequest, token: string): RequestInit {
  const isForm = body instanceof FormData;
  return {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: accept ?? 'application/json',
      // The demo's things are its own: it overwrites whatever stands there.
      ...(method === 'PUT' ? { 'if-match': '*' } : {}),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  };
}
