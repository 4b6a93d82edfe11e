import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootDemo, endDemo, type BootedDemo } from './booted-demo.js';

let demo: BootedDemo;
let token: string;

beforeAll(async () => {
  demo = await bootDemo();
  token = await demo.token('operator');
});
afterAll(async () => {
  await demo.running.stop();
  await endDemo();
});

interface Hostile {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

function send({ method = 'POST', path = '/api/demo/notes', body, headers = {} }: Hostile): Promise<Response> {
  return fetch(demo.running.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
const ID = '0b5c7d2e-0000-4000-8000-000000000009';

describe('a hostile request is refused with a code, never with 500', () => {
  it.each<[string, Hostile, number, string]>([
    ['no JSON', { body: '{' }, 400, 'malformed_json'],
    ['half of JSON', { body: '{"text":"x"' }, 400, 'malformed_json'],
    ['two documents', { body: '{"text":"x"}{}' }, 400, 'malformed_json'],
    ['an empty body', { body: '' }, 400, 'malformed_json'],
    ['no body', {}, 422, 'invalid_request'],
    ['bytes that are no UTF-8', { body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]) }, 400, 'malformed_json'],
    [
      'a text that is no UTF-8',
      { body: Uint8Array.from(Buffer.from('{"text":"Zo\xeb"}', 'latin1')) },
      400,
      'malformed_json',
    ],
    ['a bad number', { body: '{"text":NaN}' }, 400, 'malformed_json'],
    ['arrays too deep', { body: `{"text":${nested(200, '[', ']')}}` }, 400, 'nested_too_deeply'],
    ['arrays so deep that recursion would break', { body: nested(4_900, '[', ']') }, 400, 'nested_too_deeply'],
    ['objects too deep', { body: nested(500, '{"a":', '}').replace(/:\}/, ':1}') }, 400, 'nested_too_deeply'],
    ['__proto__', { body: '{"text":"x","__proto__":{"isAdmin":true}}' }, 400, 'forbidden_name'],
    ['__proto__ in disguise', { body: '{"text":"x","\\u005f_proto__":{"isAdmin":true}}' }, 400, 'forbidden_name'],
    ['__proto__ inside', { body: '{"text":"x","author":{"name":"a","__proto__":{}}}' }, 400, 'forbidden_name'],
    ['constructor', { body: '{"text":"x","constructor":{"prototype":{}}}' }, 400, 'forbidden_name'],
    ['prototype', { body: '{"prototype":1}' }, 400, 'forbidden_name'],
    ['toString', { body: '{"text":"x","toString":"y"}' }, 400, 'forbidden_name'],
    ['hasOwnProperty inside', { body: '{"text":"x","author":{"name":"a","hasOwnProperty":1}}' }, 400, 'forbidden_name'],
    ['the character 0', { body: '{"text":"a\\u0000b"}' }, 400, 'unstorable_text'],
    ['half of a surrogate pair', { body: '{"text":"a\\ud800b"}' }, 400, 'unstorable_text'],
    ['the other half', { body: '{"text":"\\udc00"}' }, 400, 'unstorable_text'],
    ['an unknown property', { body: '{"text":"x","isAdmin":true}' }, 422, 'invalid_request'],
    ['an unknown property inside', { body: '{"text":"x","author":{"name":"a","age":1}}' }, 422, 'invalid_request'],
    ['a number for a text', { body: '{"text":1}' }, 422, 'invalid_request'],
    ['an object for a text', { body: '{"text":{"length":5}}' }, 422, 'invalid_request'],
    ['an array for a text', { body: '{"text":["x"]}' }, 422, 'invalid_request'],
    ['a text too long', { body: JSON.stringify({ text: 'x'.repeat(101) }) }, 422, 'invalid_request'],
    ['a text for an object', { body: '{"text":"x","author":"ada"}' }, 422, 'invalid_request'],
    ['an array for an object', { body: '{"text":"x","author":[{"name":"a"},{"nonsense":1}]}' }, 422, 'invalid_request'],
    [
      'an array of good objects for an object',
      { body: '{"text":"x","author":[{"name":"a"}]}' },
      422,
      'invalid_request',
    ],
    ['an array as body', { body: '[{"text":"x"}]' }, 422, 'invalid_request'],
    ['an empty array as body', { body: '[]' }, 422, 'invalid_request'],
    ['null as body', { body: 'null' }, 422, 'invalid_request'],
    ['a text as body', { body: '"x"' }, 422, 'invalid_request'],
    ['a number as body', { body: '1' }, 422, 'invalid_request'],
    ['a body too large', { body: JSON.stringify({ text: 'x'.repeat(10_001) }) }, 413, 'body_too_large'],
    [
      'a form',
      { body: 'text=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'unsupported_content_type',
    ],
    [
      'a text body',
      { body: '{"text":"x"}', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_content_type',
    ],
    [
      'a multipart body',
      { body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      415,
      'unsupported_content_type',
    ],
    ['XML', { body: '<a/>', headers: { 'content-type': 'application/xml' } }, 415, 'unsupported_content_type'],
    ['a broken content type', { body: '{}', headers: { 'content-type': ';;;' } }, 415, 'unsupported_content_type'],
    ['an unknown route', { method: 'GET', path: '/api/demo/nothing' }, 404, 'not_found'],
    ['an unknown service', { method: 'GET', path: '/api/nothing/notes' }, 404, 'not_found'],
    ['the root', { method: 'GET', path: '/' }, 404, 'not_found'],
    ['a route with dots', { method: 'GET', path: '/api/demo/..%2f..%2fetc/passwd' }, 404, 'not_found'],
    ['a wrong method', { method: 'DELETE' }, 405, 'method_not_allowed'],
    ['a wrong method below', { method: 'PUT', path: `/api/demo/notes/${ID}`, body: '{}' }, 405, 'method_not_allowed'],
    ['a wrong method of the kit', { method: 'POST', path: '/health/live' }, 405, 'method_not_allowed'],
    ['an id that is no UUID', { method: 'GET', path: '/api/demo/notes/1' }, 400, 'malformed_request'],
    [
      'an id that wants to be SQL',
      { method: 'GET', path: `/api/demo/notes/${encodeURIComponent("' or 1=1 --")}` },
      400,
      'malformed_request',
    ],
    ['an endless id', { method: 'GET', path: `/api/demo/notes/${'x'.repeat(2_000)}` }, 414, 'address_too_long'],
    ['an id that is not there', { method: 'GET', path: `/api/demo/notes/${ID}` }, 404, 'note_not_found'],
    ['valueOf as a parameter', { method: 'GET', path: '/api/demo/notes?valueOf=x' }, 400, 'forbidden_name'],
    ['a broken escape in the path', { method: 'GET', path: '/api/demo/notes/%zz' }, 400, 'malformed_address'],
    ['half a UTF-8 sequence in the path', { method: 'GET', path: '/api/demo/notes/%c3' }, 400, 'malformed_address'],
    ['the character 0 in the path', { method: 'GET', path: '/api/demo/notes/%00' }, 400, 'unstorable_text'],
    ['the character 0 in the query', { method: 'GET', path: '/api/demo/notes?search=%00' }, 400, 'unstorable_text'],
    ['an unknown parameter', { method: 'GET', path: '/api/demo/notes?isAdmin=true' }, 422, 'invalid_request'],
    ['a parameter twice', { method: 'GET', path: '/api/demo/notes?search=a&search=b' }, 422, 'invalid_request'],
    ['a limit that is no number', { method: 'GET', path: '/api/demo/notes?limit=ten' }, 422, 'invalid_request'],
    ['a limit too high', { method: 'GET', path: '/api/demo/notes?limit=1e9' }, 422, 'invalid_request'],
    ['__proto__ as a parameter', { method: 'GET', path: '/api/demo/notes?__proto__=x' }, 400, 'forbidden_name'],
    ['constructor as a parameter', { method: 'GET', path: '/api/demo/notes?%63onstructor=x' }, 400, 'forbidden_name'],
    [
      'waiting where nothing can be waited for',
      { method: 'GET', path: '/api/demo/notes/slow?waitFor=x&waitFor=y' },
      200,
      '',
    ],
  ])('%s', async (_, hostile, status, code) => {
    const answer = await send(hostile);
    const body = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, body['code'] ?? '']).toEqual([status, code]);
    if (status < 400) return;
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({
      type: `urn:poinciana:problem:${code}`,
      status,
      instance: expect.stringMatching(/^urn:poinciana:request:./),
    });
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at .*:\d+:\d+|fastify|nestjs|exception/i);
  });

  it('one problem a field, each with its place', async () => {
    const answer = await send({ body: '{"text":"","author":{"name":"","age":1},"a/b":1}' });
    expect(await answer.json()).toMatchObject({
      problems: expect.arrayContaining([
        { field: '/text', detail: expect.any(String) },
        { field: '/author/name', detail: expect.any(String) },
        { field: '/author/age', detail: 'is not known' },
        { field: '/a~1b', detail: 'is not known' },
      ]),
    });
  });

  it('a wrong method is told the right ones', async () => {
    const answer = await send({ method: 'DELETE' });
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('an id in capitals is the same in small letters', async () => {
    const answer = await send({ method: 'GET', path: `/api/demo/notes/${ID.toUpperCase()}` });
    expect(await answer.json()).toMatchObject({ detail: `There is no note ${ID}.` });
  });

  it('nobody was polluted', () => {
    expect('isAdmin' in {}).toBe(false);
  });
});

describe('what a service throws', () => {
  it.each([
    ['invalid', 422, 'refused_invalid'],
    ['notFound', 404, 'refused_notFound'],
    ['conflict', 409, 'refused_conflict'],
    ['forbidden', 403, 'refused_forbidden'],
    ['tooLarge', 413, 'refused_tooLarge'],
    ['transient', 503, 'unavailable'],
    ['bug', 500, 'internal_error'],
  ])('%s', async (kind, status, code) => {
    const answer = await send({
      path: '/api/demo/notes/refusals',
      body: JSON.stringify({ kind }),
      headers: { 'x-request-id': `refused-${kind}` },
    });
    const body = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, body['code']]).toEqual([status, code]);
    expect(body['instance']).toBe(`urn:poinciana:request:refused-${kind}`);
    expect(JSON.stringify(body)).not.toMatch(/Lovelace|TypeError|10\.0\.0\.7|ECONN/);
    expect(answer.headers.get('retry-after')).toBe(status === 503 ? '1' : null);
    const logged = demo.lines().filter((line) => line['requestId'] === `refused-${kind}` && line['level'] === 'error');
    expect(logged).toHaveLength(status >= 500 ? 1 : 0);
  });

  it('a refusal may say more', async () => {
    const answer = await send({ path: '/api/demo/notes/refusals', body: '{"kind":"conflict"}' });
    expect(await answer.json()).toMatchObject({
      title: expect.any(String),
      detail: 'A rule said no.',
      details: { limit: 3 },
    });
  });
});

describe('request ids', () => {
  it.each([['a'.repeat(101)], ['a b'], ['<script>'], ['{"$ne":1}'], ['']])('%j is not taken over', async (given) => {
    const answer = await send({ method: 'GET', path: '/health/live', headers: { 'x-request-id': given } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

/** Writes bytes that no well-behaved client sends, and answers with everything that comes back. */
function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(demo.running.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('latin1').on('data', (text) => (answer += String(text)));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('what is no request at all', () => {
  it.each<[string, string, number, string]>([
    ['nonsense', 'nonsense\r\n\r\n', 400, 'malformed_request'],
    ['an unknown method', 'FETCH / HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'malformed_request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
      'malformed_request',
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'malformed_request',
    ],
    ['no host', 'GET /api/demo/notes HTTP/1.1\r\nconnection: close\r\n\r\n', 400, 'malformed_request'],
    [
      'an expectation of nothing',
      'GET /api/demo/notes HTTP/1.1\r\nhost: x\r\nexpect: x\r\nconnection: close\r\n\r\n',
      417,
      'expectation_failed',
    ],
    ['endless headers', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('%s', async (_, bytes, status, code) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"code":"${code}"`);
  });

  it('a body that is longer than it said does not reach the service', async () => {
    const head = `POST /api/demo/notes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\nconnection: close\r\n`;
    expect(await raw(`${head}content-length: 5\r\n\r\n{"text":"x"}`)).toMatch(/"code":"malformed_(json|request)"/);
    expect(
      await raw(
        `${head}transfer-encoding: chunked\r\n\r\n${(20_000).toString(16)}\r\n${'x'.repeat(20_000)}\r\n0\r\n\r\n`,
      ),
    ).toContain('"code":"body_too_large"');
  });
});

it('after all of that the service is well', async () => {
  const answer = await send({ body: '{"text":"x"}' });
  expect(answer.status).toBe(201);
  expect(demo.lines().filter((line) => line['status'] === 500)).toHaveLength(1);
});
