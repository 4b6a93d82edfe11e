import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestDatabase } from '@poinciana/embedded-database';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createCampaign, listCampaigns } from './campaigns.js';
import { StandaloneProcess } from './standalone-process.js';

describe('standalone', () => {
  let standalone: StandaloneProcess;
  beforeEach(() => {
    standalone = new StandaloneProcess();
  });
  afterEach(() => standalone.remove());

  it('serves the API, its pages, health and metrics, and lets nobody in without a token', async () => {
    const url = await standalone.start('--no-demo');
    for (const path of ['/health/live', '/health/ready', '/metrics', '/api/config/openapi.json', '/api/views/docs']) {
      expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 200]);
    }
    expect((await fetch(`${url}/api/views/campaigns`)).status).toBe(401);
    const page = await (await fetch(`${url}/metrics`)).text();
    const shown = [...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
    const misnamed = shown.filter(({ name, type }) => name.endsWith('_total') !== (type === 'counter'));
    expect([shown.length > 0, misnamed]).toEqual([true, []]);
  });

  it('keeps what was written from one start to the next, and shows it', async () => {
    let url = await standalone.start('--no-demo');
    const { id, position } = await createCampaign(standalone, url, 'Spring');
    expect(await standalone.end('SIGTERM')).toMatchObject({ code: 0, complaints: '' });
    url = await standalone.start('--no-demo');
    expect(await listCampaigns(standalone, url, position)).toEqual([id]);
  });

  it('forgets everything when it is told to', async () => {
    await createCampaign(standalone, await standalone.start('--no-demo'), 'Spring');
    await standalone.end('SIGTERM');
    expect(await listCampaigns(standalone, await standalone.start('--no-demo', '--reset'))).toEqual([]);
  });

  it('ends by Ctrl-C in the right order', async () => {
    await standalone.start('--no-demo');
    expect(await standalone.pressCtrlC()).toMatchObject({
      code: 0,
      signal: null,
      complaints: '',
      output: expect.stringMatching(/Stopping[^]*Stopped\.\n$/),
    });
  });

  it('takes a start back that is stopped before it is ready', async () => {
    const ended = standalone.launch('--no-demo', '--port', '0');
    await standalone.untilDatabaseRuns();
    await standalone.end('SIGTERM');
    expect(await ended).toMatchObject({ signal: null, complaints: '' });
    await createCampaign(standalone, await standalone.start('--no-demo'), 'Spring');
  });

  it('keeps the secret of its tokens to itself', async () => {
    await standalone.start('--no-demo');
    expect(statSync(join(standalone.dataDir, 'token-secret')).mode & 0o077).toBe(0);
  });

  it('lets the time be set where a test clock was asked for, and only there', async () => {
    let url = await standalone.start('--no-demo', '--test-clock', '2026-03-01T09:00:00Z');
    const setClock = async (): Promise<number> => {
      const headers = { ...(await standalone.authorization()), 'content-type': 'application/json' };
      const body = JSON.stringify({ now: '2026-03-02T09:00:00Z' });
      return (await fetch(`${url}/api/test/clock`, { method: 'PUT', headers, body })).status;
    };
    expect(await setClock()).toBe(200);
    await standalone.end('SIGTERM');
    url = await standalone.start('--no-demo');
    expect(await setClock()).toBe(404);
  });

  it('works on a database of one’s own', async () => {
    const database = await startTestDatabase();
    try {
      const url = await standalone.start('--no-demo', '--database-url', await database.createDatabase());
      const { id, position } = await createCampaign(standalone, url, 'Spring');
      expect(await listCampaigns(standalone, url, position)).toEqual([id]);
    } finally {
      await standalone.end('SIGTERM');
      await database.stop();
    }
  });
});

describe('standalone says in one sentence, and ends,', () => {
  let standalone: StandaloneProcess;
  beforeEach(() => {
    standalone = new StandaloneProcess();
  });
  afterEach(() => standalone.remove());

  async function expectRefusal(sentence: RegExp, ...parameters: string[]): Promise<void> {
    const { code, complaints, output } = await standalone.launch(...parameters);
    expect(complaints).toMatch(sentence);
    expect(complaints.trim().split('\n')).toHaveLength(1);
    expect({ code, output }).toEqual({ code: 1, output: '' });
  }

  it('that its port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expectRefusal(
      new RegExp(`^The port ${port} is in use; name another one with --port\\.$`, 'm'),
      '--port',
      String(port),
    );
    server.close();
  });

  it('that its folder cannot be written', async () => {
    mkdirSync(standalone.dataDir);
    writeFileSync(join(standalone.dataDir, 'file'), '');
    const folder = join(standalone.dataDir, 'file', 'data');
    await expectRefusal(
      /^The folder \S+ cannot be written \(ENOTDIR\); name another one/,
      '--port',
      '0',
      '--data-dir',
      folder,
    );
  });

  it('that another one works on the same data', async () => {
    const second = new StandaloneProcess();
    await standalone.start('--no-demo');
    const { code, complaints } = await second.launch('--port', '0', '--data-dir', standalone.dataDir);
    expect(complaints).toMatch(/^The data in \S+ is in use by the running process \d+\.\n$/);
    expect(code).toBe(1);
    await second.remove();
  });

  it('what is wrong with the database that was named', async () => {
    const database = await startTestDatabase();
    try {
      const wrong = new URL(database.url);
      wrong.password = 'guessed';
      await expectRefusal(
        /refuses user and password\. Check --database-url/,
        '--port',
        '0',
        '--database-url',
        wrong.href,
      );
      const missing = new URL(database.url);
      missing.pathname = '/nowhere';
      await expectRefusal(
        /^There is no database nowhere at 127\.0\.0\.1:\d+\./,
        '--port',
        '0',
        '--database-url',
        missing.href,
      );
    } finally {
      await database.stop();
    }
    await expectRefusal(
      /^Nobody answers at 127\.0\.0\.1:1\./,
      '--port',
      '0',
      '--database-url',
      'postgresql://127.0.0.1:1/x',
    );
  });

  it('that an option is unknown', async () => {
    await expectRefusal(/^Unknown option '--prot'\. See npm start -- --help\.$/m, '--prot', '1');
  });
});
