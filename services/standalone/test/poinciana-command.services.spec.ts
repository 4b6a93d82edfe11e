import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningDatabase } from './running-database.js';
import { StandaloneProcess } from './standalone-process.js';

const program = fileURLToPath(new URL('../dist/src/poinciana-main.js', import.meta.url));

interface Said {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

const standalone = new StandaloneProcess();
let url: string;
beforeAll(async () => {
  url = await standalone.start('--no-demo');
  const campaign = { method: 'POST', body: JSON.stringify({ name: 'Reminder', description: '' }) };
  const headers = { ...(await standalone.authorization()), 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/config/campaigns`, { ...campaign, headers });
  expect(answer.status).toBe(201);
});
afterAll(() => standalone.remove());

function command(...parameters: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] } };
    execFile(process.execPath, [program, ...parameters], options, (error, output, complaints) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, complaints }),
    );
  });
}

const here = ['--data-dir', standalone.dataDir];

describe('npm run poinciana', () => {
  it('tells how it is used, and what it does not understand', async () => {
    expect((await command('--help')).output).toContain('dead-letters replay');
    expect(await command('rebuild', '--fast')).toMatchObject({
      code: 1,
      complaints: expect.stringContaining('--fast'),
    });
    expect(await command('tidy')).toMatchObject({ code: 1, complaints: expect.stringContaining('no command "tidy"') });
    expect(await command('verify', '--data-dir', '/nowhere')).toMatchObject({
      code: 1,
      complaints: expect.stringContaining('No standalone was ever started in /nowhere'),
    });
    expect(await command('dead-letters', 'replay', ...here)).toMatchObject({ code: 1 });
  });

  it('works beside a standalone that runs: finds what is wrong, and puts it right', async () => {
    expect(await command('verify', ...here)).toMatchObject({
      code: 0,
      output: expect.stringContaining('what the log says'),
    });
    expect(await command('dead-letters', ...here)).toMatchObject({ code: 0, output: 'No dead letters.\n' });
    const database = new RunningDatabase(standalone.dataDir);
    await database.tamper();
    await database.close();
    const found = await command('verify', ...here);
    expect(found).toMatchObject({
      code: 1,
      output: expect.stringMatching(/First difference: campaign, .*: description/),
    });
    expect(await command('rebuild', ...here)).toMatchObject({ code: 0, output: expect.stringContaining('Rebuilt') });
    expect(await command('verify', ...here)).toMatchObject({ code: 0 });
  });

  it('works on the data of one that does not run', async () => {
    await standalone.pressCtrlC();
    const said = await command('verify', '--json', ...here);
    expect(said).toMatchObject({ code: 0, complaints: expect.stringContaining('Nothing runs on this data') });
    expect(JSON.parse(said.output)).toMatchObject({ matches: true, firstDifference: null });
  });
});
