import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore, START, type StoredEvent } from '@poinciana/event-sourcing';
import { CAMPAIGN, idOf, OTHER_CAMPAIGN, OTHER_WORKSPACE, SpecLog, WORKSPACE } from '../../../test/stored-events.js';
import { InMemoryCounterView } from '../counters/in-memory-counter-view.js';
import { LIVE_IDS_MAX, liveChanges, watchedKey } from './live-changes.js';
import { LiveFeed, type LiveMessage, RESUME_EVENTS_MAX, WAITING_MESSAGES_MAX, Watcher } from './live-feed.js';

const LONG_MS = 5_000;

let store: InMemoryEventStore;
let shown: number;
let counters: InMemoryCounterView;
let feed: LiveFeed;
let log: SpecLog;
beforeEach(() => {
  store = new InMemoryEventStore();
  shown = Number.POSITIVE_INFINITY;
  log = new SpecLog();
  const progressOf = async (group: string) => {
    const head = await store.head();
    const position = { ...head, number: Math.min(shown, head.number) };
    return { group, position, lag: 0, partitions: [], state: 'running' as const };
  };
  counters = new InMemoryCounterView();
  feed = new LiveFeed(store, { progressOf }, ['views.participants', 'views.communications'], counters);
});
afterEach(() => feed.stop());

async function append(event: StoredEvent): Promise<void> {
  const { stream, revision, position: _, ...content } = event;
  await store.append([{ stream, expectedRevision: revision - 1, events: [content] }]);
}

const person = (name: string, content: { readonly workspace?: string; readonly campaignId?: string } = {}) => {
  const { campaignId = CAMPAIGN, ...rest } = content;
  return log.participant('ParticipantCreated', { id: idOf(name), campaignId }, { name }, rest);
};

describe('a watcher', () => {
  it('learns of its own campaign only, when the read models show it', async () => {
    shown = 0;
    const watcher = await feed.watch(WORKSPACE, CAMPAIGN);
    await append(person('stranger', { workspace: OTHER_WORKSPACE }));
    await append(person('elsewhere', { campaignId: OTHER_CAMPAIGN }));
    await append(person('anna'));
    const counted = { subject: '', state: '', detail: '', measure: 'participants', campaignId: CAMPAIGN } as const;
    const sent = { ...counted, measure: 'communications', workspace: WORKSPACE, count: 1 } as const;
    counters.move([
      { ...counted, workspace: WORKSPACE, count: 3 },
      { ...counted, workspace: OTHER_WORKSPACE, count: 5 },
      { ...sent, state: 'Started' },
      { ...sent, state: 'Completed' },
    ]);
    expect(await watcher.next(600)).toEqual([]);
    shown = 3;
    const [message, ...others] = (await watcher.next(LONG_MS)) ?? [];
    expect([message?.id, message?.type, others]).toEqual(['0:3', 'changed', []]);
    expect(message?.data).toMatchObject({ participants: [idOf('anna')], communications: [], hasMore: false });
    expect(message?.data.numbers).toEqual({
      participants: 3,
      communications: {
        total: 2,
        groups: { inProgress: 1, successful: 1, notCompleted: 0 },
        statuses: { Completed: 1, Started: 1 },
      },
    });
  });

  it('learns nothing of a campaign of the same id in another workspace, neither changes nor numbers', async () => {
    const numbersOf = async (watcher: Watcher) => (await watcher.next(LONG_MS))?.map(({ data }) => data);
    const stranger = await feed.watch(OTHER_WORKSPACE, CAMPAIGN);
    const own = await feed.watch(WORKSPACE, CAMPAIGN);
    const counted = { subject: '', state: '', detail: '', measure: 'participants', campaignId: CAMPAIGN } as const;
    counters.move([
      { ...counted, workspace: WORKSPACE, count: 3 },
      { ...counted, workspace: OTHER_WORKSPACE, count: 5 },
    ]);
    await append(person('anna'));
    expect(await numbersOf(own)).toMatchObject([{ participants: [idOf('anna')], numbers: { participants: 3 } }]);
    await append(person('theirs', { workspace: OTHER_WORKSPACE }));
    expect(await numbersOf(stranger)).toMatchObject([{ participants: [idOf('theirs')], numbers: { participants: 5 } }]);
    shown = 0;
    for (let number = 0; number <= RESUME_EVENTS_MAX; number += 1) await append(person(`person ${number}`));
    shown = Number.POSITIVE_INFINITY;
    expect([await numbersOf(stranger), await numbersOf(own)]).toMatchObject([
      [{ numbers: { participants: 5 } }],
      [{ numbers: { participants: 3 } }],
    ]);
  });

  it('who resumes is told what it missed, once', async () => {
    const first = await feed.watch(WORKSPACE, CAMPAIGN);
    await append(person('anna'));
    await append(person('ben'));
    expect(await first.next(LONG_MS)).toHaveLength(1);
    const second = await feed.watch(WORKSPACE, CAMPAIGN, { shard: 0, number: 1 });
    await append(person('carla'));
    const told: LiveMessage[] = [];
    while (told.length < 2) told.push(...((await second.next(LONG_MS)) ?? []));
    expect(told.map(({ id, data }) => [id, data.participants])).toEqual([
      ['0:2', [idOf('ben')]],
      ['0:3', [idOf('carla')]],
    ]);
  });

  it('who missed too much, or names a place that never was, reads everything again', async () => {
    for (let number = 0; number <= RESUME_EVENTS_MAX; number += 1) await append(person(`person ${number}`));
    const late = await feed.watch(WORKSPACE, CAMPAIGN, { shard: 0, number: 0 });
    expect(await late.next(LONG_MS)).toMatchObject([{ type: 'reload', id: `0:${RESUME_EVENTS_MAX + 1}` }]);
    const odd = await feed.watch(WORKSPACE, CAMPAIGN, { shard: 0, number: 10 ** 9 });
    expect(await odd.next(LONG_MS)).toMatchObject([{ type: 'reload' }]);
  });

  it('who comes while the read models are behind is told what they show only later', async () => {
    shown = 0;
    await append(person('anna'));
    const watcher = await feed.watch(WORKSPACE, CAMPAIGN);
    shown = 1;
    expect(await watcher.next(LONG_MS)).toMatchObject([{ id: '0:1', data: { participants: [idOf('anna')] } }]);
  });

  it.each([0, 10 ** 9])('who reads everything again, because it resumed at %s, learns what comes then', async (at) => {
    for (let number = 0; number <= RESUME_EVENTS_MAX; number += 1) await append(person(`person ${number}`));
    const watcher = await feed.watch(WORKSPACE, CAMPAIGN, { shard: 0, number: at });
    expect(await watcher.next(LONG_MS)).toMatchObject([{ type: 'reload' }]);
    await append(person('anna'));
    expect(await watcher.next(LONG_MS)).toMatchObject([{ type: 'changed', data: { participants: [idOf('anna')] } }]);
  });

  it('who reads everything again reads what is shown, and resumes there', async () => {
    for (let number = 0; number <= RESUME_EVENTS_MAX; number += 1) await append(person(`person ${number}`));
    shown = RESUME_EVENTS_MAX;
    const late = await feed.watch(WORKSPACE, CAMPAIGN, { shard: 0, number: 10 ** 9 });
    expect(await late.next(LONG_MS)).toMatchObject([{ type: 'reload', id: `0:${shown}` }]);
  });

  it('who is slow gets one reload for all that it left waiting', async () => {
    const watcher = new Watcher(WORKSPACE, CAMPAIGN, START);
    const none = { total: 0, groups: { inProgress: 0, successful: 0, notCompleted: 0 }, statuses: {} };
    for (let number = 1; number <= WAITING_MESSAGES_MAX + 1; number += 1)
      watcher.push({
        id: `0:${number}`,
        type: 'changed',
        data: { uploads: [], numbers: { participants: number, communications: none } },
      });
    const numbers = { participants: WAITING_MESSAGES_MAX + 1, communications: none };
    expect(await watcher.next(0)).toEqual([{ id: `0:${WAITING_MESSAGES_MAX + 1}`, type: 'reload', data: { numbers } }]);
    watcher.close();
    expect(await watcher.next(LONG_MS)).toBeUndefined();
  });
});

describe('what a page of the log means', () => {
  it('is the rows to read again, so many and no more', () => {
    for (let number = 0; number <= LIVE_IDS_MAX; number += 1) person(`person ${number}`);
    log.run(idOf('anna'), []);
    log.run(idOf('ben'), [], {}, 'chain_too_long');
    log.communication('CommunicationPlanned', { id: idOf('c'), status: 'Planned' });
    log.campaign('CampaignStarted', { id: CAMPAIGN });
    log.append(`upload-${idOf('upload')}`, {
      type: 'UploadReceived',
      data: { upload: { id: idOf('upload'), campaignId: CAMPAIGN } },
    });
    const changes = liveChanges(log.events, () => true).get(watchedKey(WORKSPACE, CAMPAIGN));
    expect(changes).toMatchObject({
      communications: [idOf('c')],
      uploads: [idOf('upload')],
      isCampaignChanged: true,
      hasMore: true,
    });
    expect(changes?.participants).toHaveLength(LIVE_IDS_MAX);
  });
});
