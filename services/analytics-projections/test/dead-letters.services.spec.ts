import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootViews, type BootedViews } from './booted-views.js';
import { CAMPAIGN, idOf, OTHER_WORKSPACE, SpecLog, WORKSPACE } from './stored-events.js';

const GROUP = 'analytics-projections.participants';
const LOOK_EVERY_MS = 50;
/** Meets only hanging. */
const LOOKS_MAX = 1_000;
const ANNA = idOf('anna');

/** Whoever is Anna cannot be written. */
const BREAK = `
  CREATE FUNCTION analytics_projections.refuse_anna() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'Not her'; END $$;
  CREATE TRIGGER refuse_anna BEFORE INSERT ON analytics_projections.participant FOR EACH ROW WHEN (NEW.id = '${ANNA}') EXECUTE FUNCTION analytics_projections.refuse_anna()`;
const MEND = 'DROP TRIGGER refuse_anna ON analytics_projections.participant';

let views: BootedViews;
beforeAll(async () => {
  views = await bootViews();
});
afterAll(() => views.stop());

interface Letters {
  readonly items: readonly { readonly type: string; readonly key: string; readonly code: string }[];
}

async function lettersOf(workspace: string): Promise<Letters> {
  const answer = await views.send('GET', `/dead-letters?group=${GROUP}`, workspace, 'operator');
  expect(answer.status).toBe(200);
  return (await answer.json()) as Letters;
}

async function untilLetters(count: number): Promise<Letters> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const letters = await lettersOf(WORKSPACE);
    if (letters.items.length === count) return letters;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`There were never ${count} dead letters`);
}

const replay = (workspace: string, key: string) =>
  views.send('POST', '/dead-letters/replay', workspace, 'operator', { group: GROUP, key });

it('what a view could not show is listed, and shown once its reason is gone and it is replayed', async () => {
  await views.pool.query(BREAK);
  const log = new SpecLog();
  const key = idOf('the key of anna');
  log.participant('ParticipantCreated', { id: ANNA }, { name: 'Anna' }, { key });
  log.participant('ParticipantUpdated', { id: ANNA }, { name: 'Anna Kowalska' }, { key });
  log.participant('ParticipantCreated', { id: idOf('ben') }, { name: 'Ben' });
  for (const { stream, revision, position: _, ...event } of log.events)
    await views.store.append([{ stream, expectedRevision: revision - 1, events: [event] }]);

  const { items } = await untilLetters(2);
  expect(items.map(({ type, code }) => [type, code])).toEqual([
    ['ParticipantCreated', expect.any(String)],
    ['ParticipantUpdated', 'key_parked'],
  ]);
  expect(new Set(items.map((letter) => letter.key))).toEqual(new Set([key]));
  expect((await lettersOf(OTHER_WORKSPACE)).items).toEqual([]);
  expect((await views.send('GET', '/dead-letters', WORKSPACE, 'viewer')).status).toBe(403);

  const stranger = await replay(OTHER_WORKSPACE, key);
  expect([stranger.status, await stranger.json()]).toMatchObject([404, { code: 'dead_letter_not_found' }]);
  expect(await (await replay(WORKSPACE, key)).json()).toMatchObject({ handled: 0, remaining: 2 });
  await views.pool.query(MEND);
  expect(await (await replay(WORKSPACE, key)).json()).toMatchObject({ handled: 2, remaining: 0 });
  await untilLetters(0);

  const list = await views.get(`/campaigns/${CAMPAIGN}/participants?sort=name&direction=asc`, WORKSPACE);
  expect(await list.json()).toMatchObject({ items: [{ name: 'Anna Kowalska' }, { name: 'Ben' }], total: 2 });
  expect(list.headers.get('poinciana-position')).toMatch(/^0:\d+$/);
});
