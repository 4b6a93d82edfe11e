import { expect, it } from '@jest/globals';
import { idOf, instantAt, OTHER_WORKSPACE, SpecLog, WORKSPACE } from '../../../test/stored-events.js';
import { eachViewStore, type ViewStore } from '../../../test/view-stores.js';
import type { Direction } from '../page.js';
import { campaignChanges } from './campaign-changes.js';
import type { CampaignQuery, CampaignSort } from './campaign-view.js';

const ALL: CampaignQuery = { workspace: WORKSPACE, sort: 'created', direction: 'asc', limit: 100 };

async function project<Transaction>(store: ViewStore<Transaction>, log: SpecLog, from = 0): Promise<void> {
  await store.commit(store.campaigns.write(campaignChanges(log.events.slice(from))));
}

async function names<Transaction>(
  store: ViewStore<Transaction>,
  query: Partial<CampaignQuery>,
): Promise<readonly string[]> {
  return (await store.campaigns.list({ ...ALL, ...query })).lines.map(({ name }) => name);
}

eachViewStore('the campaigns list', (store) => {
  it('shows what was created, edited and started, and nothing of what was deleted', async () => {
    const log = new SpecLog();
    const id = idOf('reminder');
    log.campaign('CampaignCreated', { id });
    await project(store(), log);
    log.campaign('CampaignEdited', { id, name: 'Payment', description: 'for all' }, { time: instantAt(10) });
    log.campaign(
      'CampaignStarted',
      { id, name: 'Payment', description: 'for all', status: 'Active' },
      { time: instantAt(20) },
    );
    log.campaign('CampaignCreated', { id: idOf('gone') });
    log.campaign('CampaignDeleted', { id: idOf('gone') });
    await project(store(), log, 1);
    await project(store(), log, 1);
    // An old batch that somebody writes late.
    await store().commit(store().campaigns.write(campaignChanges(log.events.slice(0, -1))));
    const line = {
      id,
      name: 'Payment',
      description: 'for all',
      kind: 'flow',
      status: 'Active',
      createdAt: instantAt(1),
      modifiedAt: instantAt(20),
    };
    expect(await store().campaigns.list(ALL)).toEqual({ lines: [line], total: 1, isTotalEstimated: false });
  });

  it('shows why a campaign is in Error, as long as it is', async () => {
    const id = idOf('reminder');
    const error = { code: 'channel_missing', sentence: 'A channel is gone.', channelId: idOf('channel') };
    const log = new SpecLog();
    log.campaign('CampaignFailed', { id, status: 'Error', error });
    await project(store(), log);
    await project(store(), log);
    expect((await store().campaigns.list(ALL)).lines).toMatchObject([{ id, status: 'Error', error }]);
    log.campaign('CampaignRecovered', { id, status: 'Inactive' });
    await project(store(), log, 1);
    expect((await store().campaigns.list(ALL)).lines.map((line) => Object.keys(line))).toEqual([
      expect.not.arrayContaining(['error']),
    ]);
  });

  it.each<[CampaignSort, Direction]>([
    ['created', 'asc'],
    ['created', 'desc'],
    ['modified', 'asc'],
    ['modified', 'desc'],
  ])(
    'goes through pages by %s, %s, also over equal instants, and meets each campaign once',
    async (sort, direction) => {
      const log = new SpecLog();
      for (let number = 0; number < 7; number += 1) {
        log.campaign('CampaignCreated', { id: idOf(`c${number}`) }, { time: instantAt(Math.floor(number / 3)) });
      }
      await project(store(), log);
      const whole = (await store().campaigns.list({ ...ALL, sort, direction })).lines;
      expect(new Set(whole.map(({ id }) => id)).size).toBe(7);
      const paged: string[] = [];
      for (let after: CampaignQuery['after']; ;) {
        const { lines, total } = await store().campaigns.list({
          ...ALL,
          sort,
          direction,
          limit: 2,
          ...(after === undefined ? {} : { after }),
        });
        expect(total).toBe(7);
        paged.push(...lines.map(({ id }) => id));
        const last = lines.at(-1);
        if (last === undefined) break;
        after = { value: sort === 'created' ? last.createdAt : last.modifiedAt, id: last.id };
      }
      expect(paged).toEqual(whole.map(({ id }) => id));
      const instants = whole.map((line) => (sort === 'created' ? line.createdAt : line.modifiedAt));
      expect(instants).toEqual(
        instants.toSorted((one, other) => (direction === 'asc' ? 1 : -1) * (one < other ? -1 : one > other ? 1 : 0)),
      );
    },
  );

  it.each([
    ['REM', ['100% reminder']],
    ['%', ['100% reminder']],
    ['_', ['snake_case']],
    ["o'b", ['O\'Brien "quoted" \\ slash']],
    ['"', ['O\'Brien "quoted" \\ slash']],
    ['\\', ['O\'Brien "quoted" \\ slash']],
    ['äß', ['ÄSS or äß']],
    ['described', ['snake_case']],
    ['nothing', []],
  ])('finds %j as it stands', async (text, found) => {
    const log = new SpecLog();
    for (const name of ['100% reminder', 'snake_case', 'O\'Brien "quoted" \\ slash', 'ÄSS or äß']) {
      log.campaign('CampaignCreated', {
        id: idOf(name),
        name,
        description: name === 'snake_case' ? 'well described' : '',
      });
    }
    await project(store(), log);
    expect(await names(store(), { text })).toEqual(found);
  });

  it('filters by status and keeps workspaces apart', async () => {
    const log = new SpecLog();
    log.campaign('CampaignCreated', { id: idOf('a'), name: 'A' });
    log.campaign('CampaignStarted', { id: idOf('b'), name: 'B', status: 'Active' });
    log.campaign('CampaignCreated', { id: idOf('c'), name: 'C' }, { workspace: OTHER_WORKSPACE });
    await project(store(), log);
    expect(await names(store(), { statuses: ['Active'] })).toEqual(['B']);
    expect(await names(store(), { statuses: ['Active', 'Inactive'] })).toEqual(['A', 'B']);
    expect(await names(store(), { workspace: OTHER_WORKSPACE })).toEqual(['C']);
    expect(await names(store(), { workspace: OTHER_WORKSPACE, statuses: ['Active'] })).toEqual([]);
  });
});
