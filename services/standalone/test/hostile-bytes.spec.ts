import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCampaign } from './campaigns.js';
import { answersIn, expectProblem, sendBytes, sendHostile } from './hostile-answers.js';
import { StandaloneProcess } from './standalone-process.js';
import { lackingExamples, type OpenApiDocument } from './lacking-examples.js';
import { parametersWithoutExample, wrongExamples } from './wrong-examples.js';

let standalone: StandaloneProcess;
let url: string;
let authorization: string;

beforeAll(async () => {
  standalone = new StandaloneProcess();
  url = await standalone.start('--no-demo');
  ({ authorization } = await standalone.authorization());
});
afterAll(() => standalone.remove());

const head = (request: string, ...headers: readonly string[]): string =>
  [`${request} HTTP/1.1`, 'host: x', `authorization: ${authorization}`, ...headers, '', ''].join('\r\n');
const posted = (...headers: readonly string[]): string =>
  head('POST /api/config/campaigns', 'content-type: application/json', ...headers);
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

describe('bytes that are no request', () => {
  it.each<[string, () => string, number, string]>([
    ['nonsense', () => 'nonsense\r\n\r\n', 400, 'malformed_request'],
    ['the start of TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400, 'malformed_request'],
    ['the start of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed_request'],
    ['an unknown method', () => head('FETCH /'), 400, 'malformed_request'],
    ['the character 0 in a header', () => head('GET /', 'x: a\0b'), 400, 'malformed_request'],
    ['a bare line break in a header', () => head('GET /', 'x: a\rb'), 400, 'malformed_request'],
    ['a header without a name', () => head('GET /', ': x'), 400, 'malformed_request'],
    ['two lengths', () => posted('content-length: 1', 'content-length: 2'), 400, 'malformed_request'],
    ['a length below', () => posted('content-length: -1'), 400, 'malformed_request'],
    ['a length that is none', () => posted('content-length: x'), 400, 'malformed_request'],
    ['a length and chunks', () => posted('content-length: 1', 'transfer-encoding: chunked'), 400, 'malformed_request'],
    ['a chunk without a length', () => `${posted('transfer-encoding: chunked')}x\r\n`, 400, 'malformed_request'],
    ['endless headers', () => head('GET /', `x: ${'y'.repeat(20_000)}`), 431, 'headers_too_large'],
    [
      'many headers',
      () => head('GET /', ...Array.from({ length: 3_000 }, (_, at) => `x${at}: y`)),
      431,
      'headers_too_large',
    ],
    ['an endless address', () => head(`GET /${'x'.repeat(20_000)}`), 431, 'headers_too_large'],
    ['no host', () => 'GET /api/views/campaigns HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'malformed_request'],
    [
      'an expectation of nothing',
      () => posted('expect: nonsense', 'content-length: 2', 'connection: close'),
      417,
      'expectation_failed',
    ],
  ])('%s', async (_, bytes, status, code) => {
    const [answer, ...more] = answersIn(await sendBytes(url, bytes()));
    if (answer === undefined) throw new Error('There was no answer');
    expect(more).toEqual([]);
    expect(expectProblem(answer)).toEqual({ status, code });
  });
});

describe('a body that is not what it says', () => {
  it.each<[string, () => string, number, string]>([
    ['declared too large', () => posted('content-length: 1048577', 'connection: close'), 413, 'body_too_large'],
    [
      'declared larger than numbers',
      () => posted(`content-length: ${'9'.repeat(15)}`, 'connection: close'),
      413,
      'body_too_large',
    ],
    [
      'too large in chunks',
      () =>
        posted('transfer-encoding: chunked', 'connection: close') + chunk('x'.repeat(600_000)).repeat(2) + '0\r\n\r\n',
      413,
      'body_too_large',
    ],
    [
      'no JSON in chunks',
      () => `${posted('transfer-encoding: chunked', 'connection: close')}${chunk('{"name"')}0\r\n\r\n`,
      400,
      'malformed_json',
    ],
  ])('%s', async (_, bytes, status, code) => {
    const [answer] = answersIn(await sendBytes(url, bytes()));
    if (answer === undefined) throw new Error('There was no answer');
    expect(expectProblem(answer)).toEqual({ status, code });
  });

  it('shorter than it is', async () => {
    const [answer] = answersIn(await sendBytes(url, `${posted('content-length: 5', 'connection: close')}{"name":"x"}`));
    if (answer === undefined) throw new Error('There was no answer');
    expect(['malformed_json', 'malformed_request']).toContain(expectProblem(answer).code);
  });

  it('the answers of requests in one piece come in order', async () => {
    const known = head('GET /api/views/campaigns');
    const answers = answersIn(
      await sendBytes(url, known + head('GET /nothing') + head('GET /health/live', 'connection: close')),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
  });

  it('garbage behind requests ends the connection, and nothing behind it is read', async () => {
    const known = head('GET /api/views/campaigns');
    const answers = answersIn(
      await sendBytes(url, `${known}${known}garbage\r\n\r\n${posted('content-length: 12')}{"name":"S1"}`),
    );
    const last = answers.at(-1);
    if (last === undefined) throw new Error('There was no answer');
    expect(expectProblem(last)).toEqual({ status: 400, code: 'malformed_request' });
    const found = await sendHostile(url, authorization, { path: '/api/views/campaigns?q=S1' });
    expect(JSON.parse(found.text)).toMatchObject({ items: [] });
  });

  it('a request hidden in the body of another is no request', async () => {
    const hidden = head('DELETE /api/config/campaigns/0b5c7d2e-0000-4000-8000-000000000009');
    const bytes = posted(`content-length: ${hidden.length}`, 'connection: close') + hidden;
    expect(answersIn(await sendBytes(url, bytes)).map(({ status }) => status)).toEqual([400]);
  });

  it.each([
    ['GET http://other.example/api/views/campaigns'],
    ['GET //other.example/api/views/campaigns'],
    ['OPTIONS *'],
    ['GET *'],
  ])('%s leads nowhere else', async (request) => {
    const [answer] = answersIn(await sendBytes(url, head(request, 'connection: close')));
    if (answer === undefined) throw new Error('There was no answer');
    if (answer.status !== 200) expectProblem(answer);
    expect([200, 400, 404, 405]).toContain(answer.status);
  });

  it('a sender who goes away in the middle harms nobody', async () => {
    for (let sender = 0; sender < 20; sender += 1) {
      const cut = new AbortController();
      const body = new ReadableStream<Uint8Array>({
        start: (stream) => {
          stream.enqueue(new TextEncoder().encode('{"name":"'));
          setTimeout(() => cut.abort(), sender);
        },
      });
      const request = {
        method: 'POST',
        body,
        duplex: 'half',
        signal: cut.signal,
        headers: { authorization, 'content-type': 'application/json' },
      } as const;
      await expect(fetch(`${url}/api/config/campaigns`, request)).rejects.toThrow(/abort/);
    }
    await createCampaign(standalone, url, 'Spring');
  });
});

interface Operation {
  readonly method: string;
  readonly path: string;
  /** Whether its body is one of the objects that the page describes; others are lists and files. */
  readonly takesObject: boolean;
}

interface RequestBody {
  readonly content: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>;
}

function takesObject(body: RequestBody | undefined): boolean {
  return body?.content['application/json']?.schema.$ref !== undefined;
}

const PREFIXES = ['config', 'ingest', 'flows', 'dispatch', 'views'] as const;

/** Every operation that the pages of the API name, so that a new one is asked the same. */
async function operations(): Promise<readonly Operation[]> {
  const found: Operation[] = [];
  for (const prefix of PREFIXES) {
    const { paths } = (await (await fetch(`${url}/api/${prefix}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { requestBody?: RequestBody }>>;
    };
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        found.push({ method: method.toUpperCase(), path, takesObject: takesObject(requestBody) });
      }
    }
  }
  return found;
}

describe('every operation there is', () => {
  it.each(PREFIXES)('of %s is shown by examples: what is sent, and what is answered', async (prefix) => {
    const document = (await (await fetch(`${url}/api/${prefix}/openapi.json`)).json()) as OpenApiDocument;
    expect(Object.keys(document.paths).length).toBeGreaterThan(3);
    expect(lackingExamples(document)).toEqual([]);
    expect(parametersWithoutExample(document)).toEqual([]);
    expect(wrongExamples(document)).toEqual([]);
  });

  const someId = '0b5c7d2e-0000-4000-8000-000000000009';
  const at = (path: string, id: string): string => path.replace(/\{\w+\}/g, id);

  it('lets nobody in without a token', async () => {
    const found = await operations();
    expect(found.length).toBeGreaterThan(15);
    for (const { method, path } of found) {
      const answer = await sendHostile(url, '', { method, path: at(path, someId) });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      // An answer to HEAD has no body.
      if (method.toUpperCase() !== 'HEAD') expectProblem(answer);
    }
  });

  it('knows an id from anything else', async () => {
    const withId = (await operations()).filter(({ path }) => path.includes('{'));
    expect(withId.length).toBeGreaterThan(10);
    for (const { method, path } of withId) {
      const answer = await sendHostile(url, authorization, { method, path: at(path, '1') });
      const told = method.toUpperCase() === 'HEAD' ? answer.status : expectProblem(answer).code;
      expect([method, path, told]).toEqual([method, path, method.toUpperCase() === 'HEAD' ? 400 : 'malformed_request']);
    }
  });

  it('reads nothing but JSON, and of that only what it knows', async () => {
    const withBody = (await operations()).filter((operation) => operation.takesObject);
    expect(withBody.length).toBeGreaterThan(5);
    for (const { method, path } of withBody) {
      const send = async (body: string, headers?: Record<string, string>): Promise<string> => {
        const hostile = { method, path: at(path, someId), body, ...(headers === undefined ? {} : { headers }) };
        return expectProblem(await sendHostile(url, authorization, hostile)).code;
      };
      expect([method, path, await send('{')]).toEqual([method, path, 'malformed_json']);
      expect([method, path, await send('[]')]).toEqual([method, path, 'invalid_request']);
      expect([method, path, await send('{"nobodyKnowsThis":1}')]).toEqual([method, path, 'invalid_request']);
      expect([method, path, await send('x', { 'content-type': 'text/csv' })]).toEqual([
        method,
        path,
        'unsupported_content_type',
      ]);
    }
  });

  it('answers whatever stands in any place of its query with a refusal or a page', async () => {
    const values = [
      '',
      '-1',
      '1e400',
      '%ff',
      '[]',
      '%7b%7d',
      'null',
      'undefined',
      'NaN',
      '__proto__',
      "'",
      '%F0%9F%98%80',
      'x'.repeat(300),
    ];
    const reads = (await operations()).filter(({ method }) => method === 'GET');
    for (const { path } of reads) {
      for (const value of values) {
        const query = ['q', 'status', 'sort', 'direction', 'after', 'limit', 'waitFor']
          .map((name) => `${name}=${value}`)
          .join('&');
        const answer = await sendHostile(url, authorization, { path: `${at(path, someId)}?${query}` });
        expect([200, 400, 404, 422]).toContain(answer.status === 200 ? 200 : expectProblem(answer).status);
      }
    }
  });
});

it('after all of that the service is well', async () => {
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  await createCampaign(standalone, url, 'Autumn');
  expect(await standalone.end('SIGTERM')).toMatchObject({ code: 0, complaints: '' });
});
