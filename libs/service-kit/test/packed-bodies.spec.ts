import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootDemo, endDemo, type BootedDemo } from './booted-demo.js';

let demo: BootedDemo;
let token: string;
beforeAll(async () => {
  demo = await bootDemo();
  token = await demo.token('manager');
});
afterAll(async () => {
  await demo.running.stop();
  await endDemo();
});

async function send(body: Buffer, encoding: string, type = 'application/json'): Promise<readonly [number, string]> {
  const answer = await fetch(`${demo.running.url}/api/demo/notes/long`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type, 'content-encoding': encoding },
    body: new Uint8Array(body),
  });
  const { text, code } = (await answer.json()) as { readonly text?: string; readonly code?: string };
  return [answer.status, text ?? code ?? ''];
}

const NOTE = gzipSync(JSON.stringify({ text: 'é'.repeat(100) }));

it('a packed body is read as a plain one', async () => {
  expect(await send(NOTE, 'gzip')).toEqual([201, 'é'.repeat(100)]);
  expect(await send(NOTE, 'GZIP')).toEqual([201, 'é'.repeat(100)]);
  expect(await send(Buffer.from('{"text":"x"}'), 'identity')).toEqual([201, 'x']);
});

it('its size is that of what it holds: a bomb is refused while it is unpacked', async () => {
  expect(await send(gzipSync(JSON.stringify({ text: 'x'.repeat(10_001) })), 'gzip')).toEqual([413, 'body_too_large']);
  // Small enough on the way.
  const packed = gzipSync(Buffer.alloc(5_000_000, ' '));
  expect(packed.length).toBeLessThan(10_000);
  expect(await send(packed, 'gzip')).toEqual([413, 'body_too_large']);
});

it.each<[string, Buffer, string, string, number, string]>([
  ['what is no gzip', Buffer.from('{"text":"x"}'), 'gzip', 'application/json', 400, 'malformed_gzip'],
  ['half of it', NOTE.subarray(0, NOTE.length - 12), 'gzip', 'application/json', 400, 'malformed_gzip'],
  ['nothing', gzipSync(''), 'gzip', 'application/json', 400, 'malformed_json'],
  ['another packing', deflateSync('{"text":"x"}'), 'deflate', 'application/json', 415, 'unsupported_encoding'],
  ['packed twice', gzipSync(NOTE), 'gzip, gzip', 'application/json', 415, 'unsupported_encoding'],
  ['a form', NOTE, 'gzip', 'multipart/form-data; boundary=x', 415, 'unsupported_encoding'],
])('%s is refused', async (_, body, encoding, type, status, code) => {
  expect(await send(body, encoding, type)).toEqual([status, code]);
});

it('a sender of a packed body who goes away harms nobody', async () => {
  const { hostname, port } = new URL(demo.running.url);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const headers = ['host: x', `authorization: Bearer ${token}`, 'content-type: application/json'];
  const head = `POST /api/demo/notes/long HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-encoding: gzip\r\ncontent-length: 999\r\n\r\n`;
  await new Promise<void>((resolve) => socket.write(Buffer.concat([Buffer.from(head), NOTE]), () => resolve()));
  socket.destroy();
  expect(await send(NOTE, 'gzip')).toEqual([201, 'é'.repeat(100)]);
  expect(demo.lines().filter(({ level }) => level === 'error')).toEqual([]);
});
