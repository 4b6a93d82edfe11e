import { expect, test } from '@jest/globals';
import { InMemoryEventStore, NO_STREAM, START, derivedId, streamName } from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import { SAMPLE, sampleCreated, sampleFields, started } from '../domain/campaign-samples.js';
import type { CampaignEvent } from '../domain/campaign.js';
import { InMemoryHeldFields } from '../storage/in-memory-held-fields.js';
import { CampaignStreams } from './campaign-streams.js';
import { DefineFieldsHandler } from './define-fields.js';
import { WorkspaceStreams } from './workspace-streams.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const STREAM = streamName('campaign', SAMPLE.campaignId);
const NICKNAME = { ...sampleFields[0], name: 'nickname', level: 'customer', locked: false, enumerationValues: [] };
const FIELDS = [...sampleFields, NICKNAME as (typeof sampleFields)[number]];

async function house() {
  const store = new InMemoryEventStore();
  const clock = new TestClock(new Date('2026-11-21T08:00:00Z'));
  const write = async ({ type, data }: CampaignEvent) => {
    const [last] = await store.readLast([STREAM]);
    const id = derivedId('spec', type);
    const envelope = { causation: id, correlation: id, actor: 'user:anna', hop: 0, time: clock.now().toISOString() };
    const event = { id, type, data, workspace: OURS, key: SAMPLE.campaignId, ...envelope };
    await store.append([{ stream: STREAM, expectedRevision: last?.revision ?? NO_STREAM, events: [event] }]);
  };
  const workspaces = new WorkspaceStreams(store, clock);
  const progress = {
    progressOf: async () => {
      const position = await store.head();
      return { position, lag: 0 };
    },
  };
  const define = new DefineFieldsHandler(
    new CampaignStreams(store, clock),
    workspaces,
    new InMemoryHeldFields(),
    store,
    progress as never,
  );
  await write(sampleCreated);
  return { store, define, write, workspaces };
}

function asking(name: string) {
  const id = derivedId('request', name);
  const request = { requestId: name, causation: id, correlation: id };
  return { caller: { workspace: OURS, role: 'manager', subject: 'anna' }, request } as const;
}

test('a repeated definition is answered as the first was, though the campaign is Active by now', async () => {
  const { store, define, write } = await house();
  await define.execute(asking('one'), SAMPLE.campaignId, FIELDS, undefined);
  await write(started());
  const before = await store.readLog(START, 100);
  const { campaign } = await define.execute(asking('one'), SAMPLE.campaignId, FIELDS, undefined);
  expect(campaign.fields.map(({ name }) => name)).toContain('nickname');
  expect(await store.readLog(START, 100)).toHaveLength(before.length);
  const another = define.execute(asking('two'), SAMPLE.campaignId, sampleFields, undefined);
  await expect(another).rejects.toMatchObject({ code: 'campaign_is_active' });
});

test('a profile field of a list that is refused is not defined in the workspace', async () => {
  const { define, write, workspaces } = await house();
  await write(started());
  const refused = define.execute(asking('one'), SAMPLE.campaignId, FIELDS, undefined);
  await expect(refused).rejects.toMatchObject({ code: 'campaign_is_active' });
  expect((await workspaces.read(OURS)).workspace.profileFields).toEqual([]);
});
