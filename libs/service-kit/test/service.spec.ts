import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { bootDemo, endDemo, NOW, OTHER_WORKSPACE, WORKSPACE, type BootedDemo } from './booted-demo.js';

let demo: BootedDemo;
let manager: string;

beforeAll(async () => {
  demo = await bootDemo({ POINCIANA_DEMO_GREETING: 'good day' });
  manager = await demo.token('manager');
});
afterAll(async () => {
  await demo.running.stop();
  await endDemo();
});

function call(path: string, options: RequestInit = {}, token = manager): Promise<Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(options.body == null ? {} : { 'content-type': 'application/json' }),
  };
  return fetch(demo.running.url + path, { ...options, headers: { ...headers, ...options.headers } });
}

const write = (text: string, headers: Record<string, string> = {}, token = manager): Promise<Response> =>
  call('/api/demo/notes', { method: 'POST', body: JSON.stringify({ text }), headers }, token);

async function eventOf(answer: Response): Promise<StoredEvent | undefined> {
  const { id } = (await answer.json()) as { id: string };
  const [event] = await demo.store.readLast([`note-${id}`]);
  return event;
}

describe('a write and a read', () => {
  it('a write answers with its position, and a read that waits for it shows it', async () => {
    const answer = await write('first');
    expect(answer.status).toBe(201);
    const position = answer.headers.get('poinciana-position') ?? '';
    expect(position).toMatch(/^0:\d+$/);
    const { id } = (await answer.json()) as { id: string };
    const read = await call(`/api/demo/notes?search=first&waitFor=${position}`);
    expect(await read.json()).toEqual({ greeting: 'good day', notes: [{ id, text: 'first' }] });
    expect(read.headers.get('poinciana-position')).toBe(position);
  });

  it('a read that waits in vain answers with what there is and how far that goes', async () => {
    const read = await call('/api/demo/notes?waitFor=0:999999');
    expect(read.status).toBe(200);
    expect(read.headers.get('poinciana-position')).toBe(`0:${(await demo.store.head()).number}`);
  });

  it('a read of another shard does not take its numbers for ours', async () => {
    const read = await call('/api/demo/notes?waitFor=7:1');
    expect(read.status).toBe(200);
    expect(read.headers.get('poinciana-position')).toMatch(/^0:/);
  });

  it.each(['', 'abc', '1', '0:-1', '0:1:2', '0:1e3', '0:1&waitFor=0:2'])(
    'refuses the position %j',
    async (position) => {
      const read = await call(`/api/demo/notes?waitFor=${position}`);
      expect(read.status).toBe(400);
      expect(await read.json()).toMatchObject({ code: 'malformed_position' });
    },
  );

  it('the event carries the workspace of the token, the clock and the request as its cause', async () => {
    const correlation = '6a1c2f6e-2f7b-4f5e-9a40-3f7d7d0c1a11';
    const event = await eventOf(await write('caused', { 'x-correlation-id': correlation }));
    expect(event).toMatchObject({ correlation, workspace: WORKSPACE, time: NOW.toISOString(), actor: 'user:ada' });
  });

  it('the cause is the same for the same request under the same idempotency key, and for nothing else', async () => {
    const causeOf = async (headers: Record<string, string>, text = 'again'): Promise<unknown> =>
      (await eventOf(await write(text, headers)))?.causation;
    const key = { 'idempotency-key': 'order-7' };
    expect(await causeOf(key)).toBe(await causeOf(key));
    expect(await causeOf(key)).not.toBe(await causeOf(key, 'another'));
    expect(await causeOf(key)).not.toBe(await causeOf({ 'idempotency-key': 'order-8' }));
    const requestId = { 'x-request-id': '6a1c2f6e-2f7b-4f5e-9a40-3f7d7d0c1a11' };
    expect(await causeOf(requestId)).not.toBe(await causeOf(requestId));
  });

  it('an idempotency key that would not be used is refused', async () => {
    const answer = await write('x', { 'idempotency-key': 'a b' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'malformed_idempotency_key' }),
    ]);
  });

  it('another workspace sees none of it', async () => {
    const position = (await write('ours')).headers.get('poinciana-position') ?? '';
    const other = await demo.token('manager', OTHER_WORKSPACE);
    const read = await call(`/api/demo/notes?waitFor=${position}`, {}, other);
    expect(await read.json()).toMatchObject({ notes: [] });
  });
});

describe('callers', () => {
  it('need a valid token', async () => {
    for (const authorization of [undefined, 'Bearer nonsense', `Basic ${manager}`, `Bearer ${manager}x`, 'Bearer ']) {
      const answer = await fetch(`${demo.running.url}/api/demo/notes`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(await answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 });
    }
  });

  it('need the role, or one above it', async () => {
    const viewer = await demo.token('viewer');
    expect((await call('/api/demo/notes', {}, viewer)).status).toBe(200);
    const refused = await write('no', {}, viewer);
    expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ code: 'forbidden' })]);
    expect((await write('yes', {}, await demo.token('operator'))).status).toBe(201);
  });
});

describe('what is there for whoever runs it', () => {
  it('live and ready without a token', async () => {
    const live = await fetch(`${demo.running.url}/health/live`);
    expect([live.status, await live.json()]).toEqual([200, { alive: true }]);
    const ready = await fetch(`${demo.running.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      {
        ready: true,
        parts: [
          { part: 'event log', ready: true },
          { part: 'database of demo', ready: true },
          { part: 'consumer demo.notes', ready: true },
        ],
      },
    ]);
  });

  it('metrics that Prometheus reads', async () => {
    await (await write('metered')).text();
    const answer = await fetch(`${demo.running.url}/metrics`);
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(text).toMatch(
      /poinciana_http_request_duration_seconds_count\{method="POST",route="\/api\/demo\/notes",status="201"\} \d+/,
    );
    expect(text).toMatch(/poinciana_event_store_append_outcomes_total\{outcome="appended"\} [1-9]/);
    expect(text).toMatch(/poinciana_event_store_appended_events_total [1-9]/);
    expect(text).toMatch(/poinciana_consumer_lag_events\{group="demo.notes"\} \d+/);
    expect(text).toMatch(/poinciana_consumer_state\{group="demo.notes",state="running"\} 1/);
    expect(text).toMatch(/poinciana_consumer_dead_letters\{group="demo.notes"\} 0/);
    expect(text).toMatch(/poinciana_consumer_handled_events_total\{group="demo.notes"\} [1-9]/);
  });

  it('an OpenAPI document and pages that need no network', async () => {
    const document = await (await fetch(`${demo.running.url}/api/demo/openapi.json`)).json();
    expect(Object.keys((document as { paths: object }).paths).sort()).toEqual([
      '/api/demo/dead-letters',
      '/api/demo/dead-letters/replay',
      '/api/demo/notes',
      '/api/demo/notes/long',
      '/api/demo/notes/refusals',
      '/api/demo/notes/slow',
      '/api/demo/notes/{id}',
    ]);
    expect(document).toMatchObject({ components: { schemas: { WriteNote: { additionalProperties: false } } } });
    const page = await (await fetch(`${demo.running.url}/api/demo/docs`)).text();
    const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(parts.length).toBeGreaterThan(2);
    for (const path of parts) {
      expect(path).toMatch(/^\/api\/demo\/docs\//);
      const part = await fetch(demo.running.url + path);
      expect(part.status).toBe(200);
      expect((await part.text()).length).toBeGreaterThan(50);
    }
  });

  it('a log line a request, without the address, with the request id', async () => {
    await (await call('/api/demo/notes?search=Ada-Lovelace-1815', { headers: { 'x-request-id': 'seen-7' } })).text();
    const lines = demo.lines().filter((line) => line['requestId'] === 'seen-7');
    expect(lines).toEqual([
      expect.objectContaining({ route: '/api/demo/notes', status: 200, message: 'Answered', service: 'demo' }),
    ]);
    expect(lines[0]?.['correlation']).toEqual(expect.stringMatching(/^[0-9a-f-]{36}$/));
    expect(JSON.stringify(demo.lines())).not.toContain('Ada-Lovelace-1815');
    expect(JSON.stringify(demo.lines())).not.toContain(manager);
  });
});

describe('the test clock', () => {
  const set = (body: object, token: string): Promise<Response> =>
    call('/api/test/clock', { method: 'PUT', body: JSON.stringify(body) }, token);

  it('is set by an operator, and by nobody else', async () => {
    const operator = await demo.token('operator');
    expect((await set({ now: '2026-03-01T10:30:00Z' }, manager)).status).toBe(403);
    expect((await set({ now: 'tomorrow' }, operator)).status).toBe(422);
    const answer = await set({ now: '2026-03-01T10:30:00+01:00' }, operator);
    expect([answer.status, await answer.json()]).toEqual([200, { now: '2026-03-01T09:30:00.000Z' }]);
    expect(demo.clock.now().toISOString()).toBe('2026-03-01T09:30:00.000Z');
    demo.clock.set(NOW);
  });
});
