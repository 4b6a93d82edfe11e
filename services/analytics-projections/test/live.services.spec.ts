import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { formatPosition, type StoredEvent } from '@poinciana/event-sourcing';
import { bootViews, type BootedViews } from './booted-views.js';
import { CAMPAIGN, idOf, OTHER_WORKSPACE, SpecLog, WORKSPACE } from './stored-events.js';

const LIVE = `/campaigns/${CAMPAIGN}/live`;
const SLOW_PEOPLE = 600;

let views: BootedViews;
const log = new SpecLog();
beforeAll(async () => {
  views = await bootViews();
  await append(log.campaign('CampaignCreated', { id: CAMPAIGN }, { data: { campaign: { id: CAMPAIGN }, fields: [] } }));
});
afterAll(() => views.stop());

/** Appends an event and answers its position. */
async function append({ stream, revision, position, ...event }: StoredEvent): Promise<string> {
  await views.store.append([{ stream, expectedRevision: revision - 1, events: [event] }]);
  return formatPosition(position);
}

/** Appends a participant and answers her position. */
function comes(name: string, workspace = WORKSPACE): Promise<string> {
  return append(log.participant('ParticipantCreated', { id: idOf(`${workspace} ${name}`) }, { name }, { workspace }));
}

/** Reads messages until one of them, or several together, are enough. */
async function watched(after: string | undefined, isEnough: (text: string) => boolean): Promise<string> {
  const stop = new AbortController();
  const headers = after === undefined ? {} : { 'last-event-id': after };
  const answer = await views.get(LIVE, WORKSPACE, headers, stop.signal);
  expect(answer.headers.get('poinciana-position')).toMatch(/^0:\d+$/);
  let text = '';
  for await (const piece of answer.body ?? []) {
    text += Buffer.from(piece).toString();
    if (isEnough(text)) break;
  }
  stop.abort();
  return text;
}

function messages(text: string): readonly { readonly id: string; readonly data: Record<string, unknown> }[] {
  return [...text.matchAll(/id: (\S+)\nevent: \w+\ndata: (.*)\n\n/g)].map(([, id = '', data = '']) => ({
    id,
    data: JSON.parse(data) as Record<string, unknown>,
  }));
}

it('goes on behind the last message that was seen, with the numbers of now and of nobody else', async () => {
  await comes('anna');
  await comes('stranger', OTHER_WORKSPACE);
  const second = await comes('ben');
  const third = await comes('carla');
  const seen = messages(await watched('0:0', (text) => messages(text).some(({ id }) => id === third)));
  expect(seen.flatMap(({ data }) => data['participants'])).toEqual(
    ['anna', 'ben', 'carla'].map((name) => idOf(`${WORKSPACE} ${name}`)),
  );
  const missed = messages(await watched(second, (text) => messages(text).some(({ id }) => id === third)));
  expect(missed.flatMap(({ data }) => data['participants'])).toEqual([idOf(`${WORKSPACE} carla`)]);
  expect(missed.at(-1)?.data).toMatchObject({ numbers: { participants: 3, communications: { total: 0 } } });
});

it('says where it begins, so that nothing is missed when the connection is lost before any message', async () => {
  const before = await comes('dora');
  await views.get(`/campaigns/${CAMPAIGN}/participants?limit=1&waitFor=${before}`, WORKSPACE);
  const first = await watched(undefined, (text) => text.endsWith('\n\n'));
  const begin = /^id: (\S+)$/m.exec(first)?.[1];
  const missed = await comes('emil');
  const told = messages(await watched(begin, (text) => messages(text).some(({ id }) => id === missed)));
  expect(told.flatMap(({ data }) => data['participants'])).toContain(idOf(`${WORKSPACE} emil`));
  expect(told.flatMap(({ data }) => data['participants'])).not.toContain(idOf(`${WORKSPACE} carla`));
});

it('a campaign of another workspace, or of nobody, is not found', async () => {
  const nobodys = `/campaigns/${idOf('nobody')}/live`;
  for (const answer of [await views.get(LIVE, OTHER_WORKSPACE), await views.get(nobodys, WORKSPACE)])
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'campaign_not_found' }]);
});

it('somebody who does not read holds up neither the views nor others, and reads on when she likes', async () => {
  const { hostname, port, host } = new URL(views.url);
  const socket = connect(Number(port), hostname);
  const token = await views.token(WORKSPACE);
  socket.write(
    `GET /api/views${LIVE} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\nlast-event-id: 0:0\r\n\r\n`,
  );
  socket.pause();
  let last = '';
  for (let number = 0; number < SLOW_PEOPLE; number += 1) last = await comes(`person ${number}`);
  const list = await views.get(`/campaigns/${CAMPAIGN}/participants?limit=1&waitFor=${last}`, WORKSPACE);
  expect(list.headers.get('poinciana-position')).toBe(last);
  const total = 5 + SLOW_PEOPLE;
  expect(await list.json()).toMatchObject({ total });
  const other = messages(await watched('0:0', (text) => messages(text).some(({ id }) => id === last)));
  expect(other.at(-1)?.data).toMatchObject({ numbers: { participants: total } });
  expect(await rest(socket, last)).toContain(`"participants":${total}`);
  socket.destroy();
});

function rest(socket: Socket, last: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      text += String(piece);
      if (text.includes(`id: ${last}\n`) && text.endsWith('\n\n\r\n')) resolve(text);
    });
    socket.resume();
  });
}

it('tells where the views are with every answer about their operation', async () => {
  const position = await comes('zoe');
  for (const path of ['/rebuild', '/verify']) {
    const answer = await views.send('GET', `${path}?waitFor=${position}`, WORKSPACE, 'operator');
    expect([answer.status, answer.headers.get('poinciana-position')]).toEqual([200, position]);
  }
  const indexes = await views.get(`/campaigns/${CAMPAIGN}/field-indexes?waitFor=${position}`, WORKSPACE);
  expect([indexes.status, indexes.headers.get('poinciana-position')]).toEqual([200, position]);
});
