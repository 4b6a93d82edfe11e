import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootDemo, endDemo, type BootedDemo } from './booted-demo.js';

const BODY_MS = 3_000;
const PIECES = 50;
const BETWEEN_PIECES_MS = 100;

let demo: BootedDemo;
let token: string;
beforeAll(async () => {
  demo = await bootDemo({}, { http: { host: '127.0.0.1', port: 0, bodyMs: BODY_MS } });
  token = await demo.token('manager');
});
afterAll(async () => {
  await demo.running.stop();
  await endDemo();
});

/** Begins a request with a body of so many bytes, and collects what comes back until the connection ends. */
async function begun(
  path: string,
  length: number,
): Promise<{ readonly socket: Socket; readonly answer: Promise<string> }> {
  const { hostname, port } = new URL(demo.running.url);
  const socket = connect(Number(port), hostname);
  let text = '';
  const answer = new Promise<string>((resolve) => {
    socket.setEncoding('utf8').on('data', (piece) => (text += String(piece)));
    socket.on('close', () => resolve(text)).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const headers = ['host: x', `authorization: Bearer ${token}`, 'content-type: application/json', 'connection: close'];
  socket.write(`POST /api/demo/notes/${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-length: ${length}\r\n\r\n`);
  return { socket, answer };
}

/** Sends a note piece by piece, for longer than a body may last. Nobody may be there any more. */
async function sendSlowly(socket: Socket): Promise<void> {
  socket.write('{"text":"');
  for (let piece = 0; piece < PIECES && socket.writable; piece++) {
    socket.write('x');
    await pause(BETWEEN_PIECES_MS);
  }
  if (socket.writable) socket.write('"}');
}

const LENGTH = '{"text":""}'.length + PIECES;

it('a streamed body may last as long as it moves', async () => {
  const { socket, answer } = await begun('long', LENGTH);
  await sendSlowly(socket);
  expect(await answer).toMatch(/^HTTP\/1.1 201 [^]*"text":"x{50}"/);
});

it('any other body is given up when its time is over', async () => {
  const { socket, answer } = await begun('', LENGTH);
  await sendSlowly(socket);
  expect(await answer).toMatch(/^HTTP\/1.1 408 [^]*"code":"request_timeout"/);
});

it.each(['', 'long'])('a sender of notes/%s who falls silent is told, and let go', async (path) => {
  const { socket, answer } = await begun(path, LENGTH);
  socket.write('{"text":"');
  expect(await answer).toMatch(/^HTTP\/1.1 408 [^]*connection: close[^]*"code":"request_timeout"/);
});

it('who sends in time is not held to anything', async () => {
  const { socket, answer } = await begun('long', 12);
  socket.write('{"text":"x"}');
  expect(await answer).toMatch(/^HTTP\/1.1 201 /);
});
