import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProviderConnections } from './provider-connections.js';

const ANSWER_TIMEOUT_MS = 200;

describe('ProviderConnections', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('ends a call whose answer comes in drips, each sooner than the time-out of the answer', async () => {
    server = createServer((_, response) => {
      response.writeHead(200);
      const drips = setInterval(() => response.write(' '), ANSWER_TIMEOUT_MS / 4);
      response.on('close', () => clearInterval(drips));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const limits = { connections: 1, connectTimeoutMs: 1_000, answerTimeoutMs: ANSWER_TIMEOUT_MS };
    const connections = new ProviderConnections(limits);
    const address = new URL(`http://127.0.0.1:${port}/`);
    const outcome = await connections.call(address, { method: 'POST', headers: {}, body: '{}' });
    expect(outcome).toEqual({ written: true, code: 'call_timed_out' });
    await connections.close();
  });
});
