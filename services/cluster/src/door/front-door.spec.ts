import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openFrontDoor, type FrontDoor } from './front-door.js';

let door: FrontDoor;
let servers: Server[];
let upstreams: Record<string, string[]>;

/** Answers who it is, what was asked, and how many bytes came. */
async function replica(name: string): Promise<string> {
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      response.statusCode = 207;
      response.setHeader('poinciana-position', '0:7');
      response.end(JSON.stringify({ name, method: request.method, url: request.url, bytes }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  servers = [];
  upstreams = { views: [await replica('one'), await replica('other')], config: [] };
  door = await openFrontDoor({ host: '127.0.0.1', port: 0, upstreamsOf: (prefix) => upstreams[prefix] });
});
afterEach(async () => {
  await door.stop();
  for (const server of servers) server.close();
});

test('requests go to the replicas of the service in turn, and pass through as they are', async () => {
  const body = new FormData();
  body.append('file', new Blob(['x'.repeat(300_000)]), 'people.csv');
  const send = () => fetch(`${door.url}/api/views/campaigns/1?waitFor=0:7`, { method: 'POST', body });
  const answers = [await send(), await send()];
  expect(answers.map(({ status, headers }) => [status, headers.get('poinciana-position')])).toEqual([
    [207, '0:7'],
    [207, '0:7'],
  ]);
  const told = (await Promise.all(answers.map((one) => one.json()))) as { name: string; url: string; bytes: number }[];
  expect(told.map(({ name }) => name).toSorted()).toEqual(['one', 'other']);
  for (const { url, bytes } of told) {
    expect(url).toBe('/api/views/campaigns/1?waitFor=0:7');
    expect(bytes).toBeGreaterThan(300_000);
  }
});

test('what nobody serves, and what nobody serves now, is told apart', async () => {
  const codeOf = async (path: string) => {
    const response = await fetch(`${door.url}${path}`);
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  expect(await codeOf('/api/elsewhere/1')).toEqual([404, 'not_found']);
  expect(await codeOf('/api/config/campaigns')).toEqual([503, 'unavailable']);
  upstreams['config'] = ['http://127.0.0.1:9'];
  expect(await codeOf('/api/config/campaigns')).toEqual([503, 'unavailable']);
});
