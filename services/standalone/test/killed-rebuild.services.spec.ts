import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createCampaign } from './campaigns.js';
import { RunningDatabase } from './running-database.js';
import { StandaloneProcess } from './standalone-process.js';

const PEOPLE = 3_000;
/** How many events the tables beside hold at least when the process is killed. */
const KILLED_AT = [0, 1, 1_000] as const;
const LOOK_EVERY_MS = 20;
/** Meets only hanging. */
const LOOKS_MAX = 2_000;

interface Status {
  readonly state: string;
  readonly verification?: { readonly matches: boolean; readonly firstDifference: unknown };
}

let standalone: StandaloneProcess;
let url: string;
beforeAll(async () => {
  standalone = new StandaloneProcess();
  url = await standalone.start('--no-demo');
  const { id } = await createCampaign(standalone, url, 'Rebuilt');
  const people = Array.from({ length: PEOPLE }, (_, number) => ({
    attributes: { external_id: `p${number}`, name: `Person ${number}` },
  }));
  for (let at = 0; at < PEOPLE; at += 1_000) {
    const body = JSON.stringify(people.slice(at, at + 1_000));
    const answer = await request('POST', `/api/ingest/campaigns/${id}/participants`, body);
    expect(answer.status).toBe(200);
    await answer.text();
  }
  await until('the participants to be shown', async () => {
    const list = await request('GET', `/api/views/campaigns/${id}/participants?limit=1`);
    return ((await list.json()) as { readonly total: number }).total === PEOPLE;
  });
});
afterAll(() => standalone.remove());

async function request(method: 'GET' | 'POST', path: string, body?: string): Promise<Response> {
  const headers = {
    ...(await standalone.authorization()),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
}

async function statusOf(what: 'rebuild' | 'verify'): Promise<Status> {
  return (await (await request('GET', `/api/views/${what}`)).json()) as Status;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    if (await holds()) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`Waited in vain for ${what}`);
}

it('a rebuild that kill -9 meets anywhere goes on where it was, and ends as the log says', async () => {
  let interrupted = 0;
  for (const events of KILLED_AT) {
    const database = new RunningDatabase(standalone.dataDir);
    expect((await request('POST', '/api/views/rebuild')).status).toBe(202);
    await until('the tables beside', async () => (await database.rebuiltEvents()) >= events || isOver());
    await database.close();
    await standalone.end('SIGKILL');
    url = await standalone.start('--no-demo');
    if ((await statusOf('rebuild')).state === 'interrupted') interrupted += 1;
  }
  expect(interrupted).toBeGreaterThan(0);
  await request('POST', '/api/views/rebuild');
  await until('the rebuild to end', isOver);
  expect(await statusOf('rebuild')).toMatchObject({ state: 'done' });
  await request('POST', '/api/views/verify');
  await until('the comparison to end', async () => (await statusOf('verify')).state !== 'running');
  expect(await statusOf('verify')).toMatchObject({ verification: { matches: true, firstDifference: null } });
});

async function isOver(): Promise<boolean> {
  return (await statusOf('rebuild')).state !== 'running';
}
