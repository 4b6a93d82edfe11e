import { describe, expect, test } from '@jest/globals';
import { DomainError, InMemoryEventStore } from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import { foldedName } from '../domain/campaign-name.js';
import { InMemoryCampaignNames } from '../storage/in-memory-campaign-names.js';
import { CampaignNaming } from './campaign-naming.js';
import { CampaignStreams } from './campaign-streams.js';
import { CreateCampaignHandler } from './create-campaign.js';
import { DeleteCampaignHandler } from './delete-campaign.js';
import { EditCampaignHandler } from './edit-campaign.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const MINUTES_2 = 120_000;

function house() {
  const time = { databaseMs: 0 };
  const store = new InMemoryEventStore();
  const names = new InMemoryCampaignNames(() => time.databaseMs);
  const naming = new CampaignNaming(names, store);
  const campaigns = new CampaignStreams(store, new TestClock(new Date('2026-11-21T08:00:00Z')));
  let requests = 0;
  const asking = (workspace = OURS, request = `10000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`) => ({
    caller: { workspace, role: 'manager' as const, subject: 'anna' },
    request: { requestId: request, causation: request, correlation: request },
  });
  const handlers = {
    create: new CreateCampaignHandler(naming, campaigns),
    edit: new EditCampaignHandler(naming, campaigns),
    remove: new DeleteCampaignHandler(naming, campaigns),
  };
  return { ...handlers, names, time, asking, campaigns };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof DomainError ? `${error.code}: ${error.message}` : `no refusal but ${String(error)}`;
}

describe('a campaign name is unique in its workspace', () => {
  test('without regard to case, in the words that the user typed (A51)', async () => {
    const { create, asking } = house();
    await create.execute(asking(), { name: 'Payment Reminder', description: '' });
    const again = create.execute(asking(), { name: ' payment reminder', description: '' });
    expect(await refusalOf(again)).toBe("campaign_name_taken: A campaign named 'payment reminder' already exists");
    await create.execute(asking(THEIRS), { name: 'payment reminder', description: '' });
  });

  test('and free again after a rename and after a deletion', async () => {
    const { create, edit, remove, asking } = house();
    const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
    await edit.execute(asking(), campaign.id, { name: 'Two' }, 'any');
    const second = await create.execute(asking(), { name: 'One', description: '' });
    expect(await refusalOf(edit.execute(asking(), second.campaign.id, { name: 'TWO' }, 'any'))).toMatch(
      'campaign_name_taken',
    );
    await remove.execute(asking(), campaign.id);
    await edit.execute(asking(), second.campaign.id, { name: 'TWO' }, 'any');
  });

  test('and free at once when the rename is refused', async () => {
    const { create, edit, asking } = house();
    const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
    expect(await refusalOf(edit.execute(asking(), campaign.id, { name: 'Two' }, ['stale']))).toMatch(
      'changed_meanwhile',
    );
    await create.execute(asking(), { name: 'Two', description: '' });
  });

  test('a change of case alone is no clash with oneself', async () => {
    const { create, edit, asking } = house();
    const { campaign } = await create.execute(asking(), { name: 'one', description: '' });
    expect((await edit.execute(asking(), campaign.id, { name: 'ONE' }, 'any')).campaign.name).toBe('ONE');
  });
});

describe('a repeated request', () => {
  test('creates one campaign and answers the same', async () => {
    const { create, asking } = house();
    const request = asking();
    const first = await create.execute(request, { name: 'One', description: '' });
    expect(await create.execute(request, { name: 'One', description: '' })).toEqual(first);
  });
});

describe('a repeated request, after the first one was cut off', () => {
  test('creates what it created with the reservation of somebody else', async () => {
    const { create, names, asking } = house();
    await names.reserve(OURS, foldedName('One'), '7b1f7c1e-0b51-4b57-8a44-0d3f0e0c9a03');
    const request = asking();
    const first = await create.execute(request, { name: 'One', description: '' });
    expect(await create.execute(request, { name: 'One', description: '' })).toEqual(first);
  });

  test('creates what it created, though that was renamed and somebody else bears the name now', async () => {
    const { create, edit, asking } = house();
    const request = asking();
    const { campaign } = await create.execute(request, { name: 'One', description: '' });
    await edit.execute(asking(), campaign.id, { name: 'Two' }, 'any');
    await create.execute(asking(), { name: 'One', description: '' });
    expect((await create.execute(request, { name: 'One', description: '' })).campaign).toMatchObject({
      id: campaign.id,
    });
  });

  test('deletes what it deleted', async () => {
    const { create, remove, asking } = house();
    const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
    const request = asking();
    const first = await remove.execute(request, campaign.id);
    expect(await remove.execute(request, campaign.id)).toEqual(first);
    expect(await refusalOf(remove.execute(asking(), campaign.id))).toMatch('campaign_not_found');
  });
});

describe('a process that died', () => {
  test('between reservation and event leaves the name to the next who wants it', async () => {
    const { create, names, asking } = house();
    const dead = '7b1f7c1e-0b51-4b57-8a44-0d3f0e0c9a03';
    await names.reserve(OURS, foldedName('One'), dead);
    const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
    expect(campaign.id).toBe(dead);
  });

  test('in the middle of a rename blocks the new name for a minute only', async () => {
    const { create, names, time, asking } = house();
    const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
    await names.reserve(OURS, foldedName('Two'), campaign.id);
    expect(await refusalOf(create.execute(asking(), { name: 'Two', description: '' }))).toMatch('campaign_name_taken');
    time.databaseMs += MINUTES_2;
    await create.execute(asking(), { name: 'Two', description: '' });
  });

  test('before a deleted campaign let go of its name does not block it', async () => {
    const { create, campaigns, asking } = house();
    const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
    await campaigns.execute(asking(), campaign.id, { type: 'DeleteCampaign' });
    const again = await create.execute(asking(), { name: 'One', description: '' });
    expect(again.campaign.id).not.toBe(campaign.id);
  });
});

test('two who create one name at once: one wins, one is refused', async () => {
  const { create, asking } = house();
  const outcomes = await Promise.allSettled([
    create.execute(asking(), { name: 'One', description: '' }),
    create.execute(asking(), { name: 'ONE', description: '' }),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a campaign of another workspace is no campaign', async () => {
  const { create, edit, remove, campaigns, asking } = house();
  const { campaign } = await create.execute(asking(), { name: 'One', description: '' });
  expect(await refusalOf(campaigns.read(THEIRS, campaign.id))).toMatch('campaign_not_found');
  expect(await refusalOf(edit.execute(asking(THEIRS), campaign.id, { name: 'Two' }, 'any'))).toMatch(
    'campaign_not_found',
  );
  expect(await refusalOf(remove.execute(asking(THEIRS), campaign.id))).toMatch('campaign_not_found');
});
