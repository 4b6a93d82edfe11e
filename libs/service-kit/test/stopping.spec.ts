import { Agent, get } from 'node:http';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createPool } from '@poinciana/database';
import { SettingsError } from '../src/index.js';
import { bootDemo, endDemo, type BootedDemo } from './booted-demo.js';

afterAll(() => endDemo());

/** A promise that a spec settles when it wants to. */
function gate(): {
  readonly passed: Promise<void>;
  readonly entered: Promise<void>;
  enter(): Promise<void>;
  open(): void;
} {
  let open = (): void => undefined;
  let arrived = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  const entered = new Promise<void>((resolve) => (arrived = resolve));
  return { passed, entered, open: () => open(), enter: () => (arrived(), passed) };
}

async function write(demo: BootedDemo, text: string): Promise<string> {
  const answer = await fetch(`${demo.running.url}/api/demo/notes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await demo.token('manager')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return answer.headers.get('poinciana-position') ?? '';
}

describe('a stop', () => {
  it('finishes the request and the batch under way, then ends the pool, once', async () => {
    const demo = await bootDemo();
    const request = gate();
    const batch = gate();
    Object.assign(demo.faults, { beforeSlowAnswer: request.enter, beforeBatch: batch.enter });
    const order: string[] = [];
    const end = demo.pool.end.bind(demo.pool);
    Object.assign(demo.pool, { end: () => (order.push('pool'), end()) });
    const url = `${demo.running.url}/api/demo/notes/slow`;
    const slow = fetch(url, { headers: { authorization: `Bearer ${await demo.token('viewer')}` } }).then((answer) => {
      order.push('request');
      return answer.status;
    });
    await request.entered;
    await write(demo, 'written before the stop');
    await batch.entered;
    const stops = [demo.running.stop(), demo.running.stop()];
    await expect(fetch(`${demo.running.url}/health/live`)).rejects.toThrow();
    expect(order).toEqual([]);
    request.open();
    expect(await slow).toBe(200);
    expect(order).toEqual(['request']);
    batch.open();
    await Promise.all(stops);
    expect(order).toEqual(['request', 'pool']);
    // No step was left behind because it took too long, and none failed.
    expect(demo.lines().filter((line) => 'step' in line)).toEqual([]);
    expect(demo.pool.ended).toBe(true);
  });

  it('is not held up by connections that are kept alive and idle', async () => {
    const demo = await bootDemo();
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      get(`${demo.running.url}/health/live`, { agent }, (answer) => answer.resume().on('end', resolve)).on(
        'error',
        reject,
      );
    });
    await demo.running.stop();
    expect(demo.pool.ended).toBe(true);
    agent.destroy();
  });

  it('what was written and handled survives it', async () => {
    const demo = await bootDemo();
    await write(demo, 'kept');
    await demo.running.stop();
    expect((await demo.store.head()).number).toBe(1);
  });
});

describe('readiness', () => {
  it('says which part is not there', async () => {
    const demo = await bootDemo();
    await demo.pool.query('drop schema demo cascade');
    const answer = await fetch(`${demo.running.url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      ready: false,
      parts: expect.arrayContaining([
        { part: 'event log', ready: true },
        { part: 'database of demo', ready: false, detail: 'Its schema is missing.' },
      ]),
    });
    await demo.running.stop();
  });

  it('a database that is away is said to be, without its address', async () => {
    const demo = await bootDemo();
    await demo.pool.end();
    const answer = await fetch(`${demo.running.url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      parts: expect.arrayContaining([{ part: 'database of demo', ready: false, detail: 'It cannot be reached.' }]),
    });
    await demo.running.stop();
  });
});

describe('a start that fails', () => {
  it('with a setting that nobody knows, before anything is started', async () => {
    await expect(bootDemo({ POINCIANA_NONSENSE: '1' })).rejects.toThrow(SettingsError);
  });

  it('with a port in use, and ends what it had started', async () => {
    const demo = await bootDemo();
    const port = Number(new URL(demo.running.url).port);
    const pools: ReturnType<typeof createPool>[] = [];
    const { connectionString } = demo.pool.options;
    await expect(
      bootDemo(
        {},
        {
          http: { host: '127.0.0.1', port },
          poolOf: () => {
            const pool = createPool({ url: connectionString ?? '', schema: 'demo', max: 2, applicationName: 'second' });
            pools.push(pool);
            return pool;
          },
        },
      ),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(pools.map((pool) => pool.ended)).toEqual([true]);
    expect((await fetch(`${demo.running.url}/health/live`)).status).toBe(200);
    await demo.running.stop();
  });
});
