import { setTimeout as delay } from 'node:timers/promises';

const ATTEMPTS_MAX = 600;
const PAUSE_MS = 50;

export interface DefinitionsRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** JSON, or bytes with their content-type among the headers. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, its body read as what it is. */
export interface DefinitionsAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Undefined unless the body is JSON. */
  readonly body: never;
  readonly code: string | undefined;
}

export type Call = (path: string, request?: DefinitionsRequest) => Promise<DefinitionsAnswer>;

/** Calls an API as one person of one workspace, who overwrites whatever is there unless the request says what was seen. */
export function callerOf(url: string, authorization: string): Call {
  return async (path, request = {}) => answerOf(await fetch(`${url}/api/${path}`, initOf(request, authorization)));
}

function initOf({ method = 'GET', body, headers }: DefinitionsRequest, authorization: string): RequestInit {
  const own = method === 'GET' ? { authorization } : { authorization, 'if-match': '*' };
  if (body === undefined) return { method, headers: { ...own, ...headers } };
  if (body instanceof Uint8Array)
    return { method, headers: { ...own, ...headers }, body: body as Uint8Array<ArrayBuffer> };
  return { method, headers: { ...own, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

async function answerOf(response: Response): Promise<DefinitionsAnswer> {
  const { status, headers } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isJson = /^application\/(problem\+)?json/.test(headers.get('content-type') ?? '');
  const body = (isJson ? JSON.parse(Buffer.from(bytes).toString('utf8')) : undefined) as { code?: string } | undefined;
  return { status, headers, bytes, body: body as never, code: body?.code };
}

/** Asks again until the answer is as expected; the bound only meets hanging. */
export async function until<Body>(ask: () => Promise<Body>, isSo: (body: Body) => boolean): Promise<Body> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const body = await ask();
    if (isSo(body)) return body;
    await delay(PAUSE_MS);
  }
  throw new Error('It does not become so');
}
