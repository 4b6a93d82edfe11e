import { describe, expect, it } from '@jest/globals';
import { type EventStore, InMemoryEventStore, type StoredEvent } from '@poinciana/event-sourcing';
import {
  batchOf,
  CAMPAIGN,
  FIELDS,
  ingestion,
  logOf,
  type Row,
  WORKSPACE,
  writeCampaign,
} from '../../test/fixtures.js';
import { wrapped, writeRuns } from '../../test/stored.js';

import { planFields } from '@poinciana/participant-file';

const OTHER_CAMPAIGN = 'aaaaaaaa-0000-4000-8000-000000000002';
const SHORT_CAMPAIGN = 'aaaaaaaa-0000-4000-8000-000000000003';
/** A Data tab without the phone. */
const SHORT_FIELDS = FIELDS.filter(({ name }) => name !== 'phone');
const ADA: Row = { external_id: 'ada', phone: '4915123456789' };
const NEW_PHONE = '4915123456780';

async function threeCampaigns() {
  const store = new InMemoryEventStore();
  const service = ingestion(store);
  await writeCampaign(store);
  await writeCampaign(store, { id: OTHER_CAMPAIGN });
  await writeCampaign(store, { id: SHORT_CAMPAIGN, fields: SHORT_FIELDS });
  await service.upserts.upsert(batchOf([ADA, { ...ADA, object_id: 'loan' }], { cause: 'a' }));
  await service.upserts.upsert(
    batchOf([ADA, { external_id: 'bo', phone: '4915123450000' }], { cause: 'b', campaignId: OTHER_CAMPAIGN }),
  );
  await service.upserts.upsert(
    batchOf([ADA], { cause: 'c', campaignId: SHORT_CAMPAIGN, plan: planFields(SHORT_FIELDS) }),
  );
  return { ...service, before: (await logOf(store)).length };
}

async function since(store: EventStore, before: number): Promise<readonly StoredEvent[]> {
  return (await logOf(store)).slice(before);
}

describe('followers of a profile', () => {
  it('are the participants of the customer in every campaign that has the field, each with one event (A44)', async () => {
    const { store, upserts, onProfileChanges, before } = await threeCampaigns();
    await upserts.upsert(batchOf([{ external_id: 'ada', phone: NEW_PHONE }], { cause: 'd' }));
    const [profile, own] = await since(store, before);
    expect([profile?.type, own?.type]).toEqual(['CustomerProfileChanged', 'ParticipantUpdated']);
    await onProfileChanges.handle(await since(store, before));
    const followed = (await since(store, before)).slice(2);
    const whom = followed.map(
      ({ data }) => (data as { participant: { campaignId: string; objectId: string } }).participant,
    );
    expect(whom.map(({ campaignId, objectId }) => [campaignId, objectId]).sort()).toEqual([
      [CAMPAIGN, 'loan'],
      [OTHER_CAMPAIGN, ''],
    ]);
    for (const event of followed) {
      expect(event).toMatchObject({
        type: 'ParticipantUpdated',
        data: { changed: ['phone'], source: { door: 'profile' } },
        personal: { values: { phone: NEW_PHONE }, previous: { phone: '4915123456789' } },
        causation: profile?.id,
        correlation: profile?.correlation,
        hop: 0,
      });
    }
    await onProfileChanges.handle(await since(store, before));
    expect(await since(store, before)).toHaveLength(4);
  });

  it('carry the hop of a run that changed the profile', async () => {
    const { store, onFlowRuns, onProfileChanges, before, participants } = await threeCampaigns();
    const created = (await logOf(store)).filter(({ type }) => type === 'ParticipantCreated');
    const [who] = created.map(({ data }) => (data as { participant: { id: string; customerId: string } }).participant);
    const { id: participantId, customerId } = who ?? { id: '', customerId: '' };
    await onFlowRuns.handle(
      await writeRuns(store, [{ participantId, customerId, values: { phone: NEW_PHONE }, hop: 4 }]),
    );
    await onProfileChanges.handle(await since(store, before));
    const followed = (await since(store, before)).slice(3);
    expect(followed.map(({ hop }) => hop)).toEqual([5, 5]);
    expect(await participants.of(WORKSPACE, [customerId])).toHaveLength(4);
  });

  it('follow also when their profile moved while they were created', async () => {
    const { store, keys, participants, upserts, onProfileChanges, before } = await threeCampaigns();
    // Before the batch is appended, another door changes the profile, and whoever is there has followed.
    const late = interrupted(store, async () => {
      await upserts.upsert(batchOf([{ external_id: 'ada', phone: NEW_PHONE }], { cause: 'd' }));
      await onProfileChanges.handle(await since(store, before));
    });
    const slow = ingestion(late, keys, undefined, participants);
    await slow.upserts.upsert(batchOf([{ external_id: 'ada', object_id: 'late' }], { cause: 'e' }));
    const created = (await since(store, before)).findLast(({ type }) => type === 'ParticipantCreated');
    expect(created?.personal).toMatchObject({ values: { phone: '4915123456789' } });
    const [last] = await store.readLast([created?.stream ?? '']);
    expect(last).toMatchObject({ data: { changed: ['phone'] }, personal: { values: { phone: NEW_PHONE } } });
  });
});

/** A store before whose first append something else happens. */
function interrupted(store: EventStore, meanwhile: () => Promise<void>): EventStore {
  let isFirst = true;
  return wrapped(store, async (writes) => {
    if (isFirst) await meanwhile();
    isFirst = false;
    return store.append(writes);
  });
}
