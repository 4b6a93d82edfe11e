import { connect } from 'node:net';
import { expect } from '@jest/globals';

/** What a request that is not well meant is made of. */
export interface Hostile {
  readonly method?: string;
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, reduced to what the spec looks at. */
export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
}

const LEAKS =
  /node_modules|\bat .+:\d+:\d+|\.[jt]s:\d+|prisma|postgres|fastify|nestjs|exception|typeerror|\bselect\b.*\bfrom\b/i;
const STATUSES = [400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 417, 422, 431];

/** Sends a request with a body as JSON unless its headers say otherwise. */
export async function sendHostile(url: string, authorization: string, hostile: Hostile): Promise<Answer> {
  const { path, body, headers = {} } = hostile;
  const response = await fetch(url + path, {
    method: hostile.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const mediaType = response.headers.get('content-type') ?? '';
  return { status: response.status, mediaType, text: await textOf(response, mediaType) };
}

/** A stream of live changes has no end; whoever has its head knows the answer. */
async function textOf(response: Response, mediaType: string): Promise<string> {
  if (!mediaType.startsWith('text/event-stream')) return response.text();
  await response.body?.cancel();
  return '';
}

/** Holds an answer to what every refusal is: a problem document with a code, and nothing of our insides. */
export function expectProblem({ status, mediaType, text }: Answer): { status: number; code: string } {
  if (!STATUSES.includes(status)) throw new Error(`Answered with ${status}: ${text.slice(0, 500)}`);
  expect(mediaType).toMatch(/^application\/problem\+json/);
  const body = JSON.parse(text) as { code: string; status: number; detail: string };
  expect(body).toMatchObject({ type: `urn:poinciana:problem:${body.code}`, status, title: expect.any(String) });
  expect(body.code).toMatch(/^[a-z][a-z0-9_]{2,60}$/);
  expect(text).not.toMatch(LEAKS);
  return { status, code: body.code };
}

/** Writes bytes to a connection of their own, and answers with everything that comes back until it closes. */
export function sendBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1').on('data', (text) => (answer += String(text)));
    socket.on('close', () => resolve(answer));
    // A service that has said why may close before all was sent.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(answer) : reject(error),
    );
  });
}

/** The answers in what came back on one connection. */
export function answersIn(received: string): readonly Answer[] {
  return received.split(/(?=HTTP\/1\.1 \d{3} )/).map((answer) => {
    const [head = '', text = ''] = answer.split('\r\n\r\n');
    return {
      status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0),
      mediaType: /^content-type: (.*)$/im.exec(head)?.[1]?.trim() ?? '',
      text,
    };
  });
}
