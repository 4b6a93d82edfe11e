import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import { type Call, callerOf, until } from './definitions-client.js';
import { RunningDatabase } from './running-database.js';
import { StandaloneProcess } from './standalone-process.js';

const OTHER_WORKSPACE = '0b5c7d2e-0000-4000-8000-0000000000aa';
const SIGNING_KEY = 'a key that signs';
const KNOWN = 'Anna asks what she owes';
const UNKNOWN = 'Bea tells before anybody knows her';
const ANSWER = 'You owe nothing';
const STRANGER = 'somebody else keeps this';
const ELSEWHERE = 'Anna of another workspace keeps this';

const standalone = new StandaloneProcess();
let url: string;
let database: RunningDatabase;

beforeAll(async () => {
  url = await standalone.start('--no-demo');
  database = new RunningDatabase(standalone.dataDir);
});
afterAll(async () => {
  await database.close();
  await standalone.remove();
});

it('erases what people wrote by themselves from every event and every table, and a rebuild agrees (rule 11)', async () => {
  const ours = await workspace('00000000-0000-4000-8000-000000000001');
  const theirs = await workspace(OTHER_WORKSPACE);
  await ours.comes('anna', 'w-anna');
  await theirs.comes('anna', 'w-anna');
  await ours.writes('w-anna', KNOWN);
  await ours.writes('w-bea', UNKNOWN);
  await ours.writes('w-cleo', STRANGER);
  await theirs.writes('w-anna', ELSEWHERE);
  await ours.comes('bea', 'w-bea');
  const saysAll = [KNOWN, UNKNOWN, ANSWER, STRANGER, ELSEWHERE];
  for (const text of saysAll) await until(() => database.tablesWith(text), isInViews);

  for (const name of ['anna', 'bea']) await ours.isErased(name);
  for (const text of [KNOWN, UNKNOWN])
    expect(
      await until(
        () => database.tablesWith(text),
        (tables) => tables.length === 0,
      ),
    ).toEqual([]);
  await until(() => database.tablesWith(STRANGER), isInViews);
  await until(() => database.tablesWith(ELSEWHERE), isInViews);
  const { items } = (await ours.call('views/sessions')).body as { items: { id: string }[] };
  expect(items).toHaveLength(3);

  const verified = await operation(ours.call, 'verify');
  expect(verified).toMatchObject({ verification: { matches: true, firstDifference: null } });
  expect(await operation(ours.call, 'rebuild')).toMatchObject({ problem: null });
  expect(await database.tablesWith(UNKNOWN)).toEqual([]);
  await until(() => database.tablesWith(STRANGER), isInViews);
});

function isInViews(tables: readonly string[]): boolean {
  return tables.includes('event_log.events') && tables.includes('analytics_projections.session_message');
}

async function operation(call: Call, name: 'verify' | 'rebuild'): Promise<object> {
  expect((await call(`views/${name}`, { method: 'POST' })).status).toBe(202);
  return until(
    async () => (await call(`views/${name}`)).body as { state: string },
    ({ state }) => state === 'done',
  );
}

/** A workspace with a channel to people's own systems, an agent who answers, and a campaign that nobody starts. */
async function workspace(id: string) {
  const call = callerOf(url, (await standalone.authorization('operator', id)).authorization);
  const channelId = derivedId('channel', id);
  const put = async (path: string, body: object) =>
    expect([path, (await call(`config/${path}`, { method: 'PUT', body })).status]).toEqual([path, 200]);
  await put(`workspace/channels/${channelId}`, {
    name: 'Own system',
    type: 'webhook',
    running: true,
    settings: { url: 'http://127.0.0.1:9/' },
    secrets: { signingKey: SIGNING_KEY },
  });
  await put(`workspace/agents/${derivedId('agent', id)}`, {
    name: 'Answers',
    runtime: 'scripted',
    inbound: true,
    channelIds: [channelId],
    script: { rules: [{ contains: 'owes', answer: ANSWER }] },
  });
  const body = { name: 'Spring', description: '' };
  const campaign = (await call('config/campaigns', { method: 'POST', body })).body as { id: string };
  let said = 0;
  return {
    call,
    async comes(name: string, web_id: string): Promise<void> {
      const people = [{ attributes: { external_id: name, name, web_id } }];
      const added = await call(`ingest/campaigns/${campaign.id}/participants`, { method: 'POST', body: people });
      expect(added.status).toBe(200);
      await call(`views/customers?q=${name}&waitFor=${added.headers.get('poinciana-position') ?? ''}`);
    },
    async writes(address: string, text: string): Promise<void> {
      said += 1;
      const event = JSON.stringify({ events: [{ type: 'message', id: `in.${said}`, address, text }] });
      const at = Date.now();
      const digest = createHmac('sha256', SIGNING_KEY).update(`${at}.${event}`).digest('hex');
      const headers = { 'x-signature': `t=${at},v1=${digest}` };
      const told = () =>
        fetch(`${url}/api/dispatch/webhooks/webhook/${channelId}`, { method: 'POST', headers, body: event });
      await until(told, ({ status }) => status === 200);
    },
    async isErased(name: string): Promise<void> {
      const { items } = (await call(`views/customers?q=${name}`)).body as { items: { id: string }[] };
      expect((await call(`ingest/customers/${items[0]?.id ?? ''}`, { method: 'DELETE' })).status).toBe(202);
    },
  };
}
