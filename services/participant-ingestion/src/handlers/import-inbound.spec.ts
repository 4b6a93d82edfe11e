import { describe, expect, it } from '@jest/globals';
import { type Cuts, InMemoryEventStore } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import { CAMPAIGN, ingestion, logOf, OTHER_WORKSPACE, WORKSPACE, writeCampaign } from '../../test/fixtures.js';
import type { InboundRecord } from '../domain/inbound-record.js';
import { InMemoryIdentityKeys } from '../storage/in-memory-identity-keys.js';
import { type InboundBatch, ImportInbound } from './import-inbound.js';
import { KnownCampaigns } from './known-campaigns.js';

function door(cuts?: Cuts) {
  const { store, upserts } = ingestion(new InMemoryEventStore(cuts), new InMemoryIdentityKeys(cuts));
  return { store, door: new ImportInbound(new KnownCampaigns(store), upserts) };
}

function record(offset: number, attributes: object, other: Partial<InboundRecord> = {}): InboundRecord {
  return { offset, workspace: WORKSPACE, actor: 'user:shop', item: { campaign: CAMPAIGN, attributes }, ...other };
}

function batchOf(records: readonly InboundRecord[], mayBeRepeated = false): InboundBatch {
  return { topic: 'topic', partition: 3, records, keyOf: () => undefined, mayBeRepeated };
}

describe('inbound records', () => {
  it('become people with their door and writer; what is refused is told without a value', async () => {
    const { store, door: own } = door();
    await writeCampaign(store);
    const records = [record(7, { external_id: 'one' }), record(9, { external_id: 'two', email: 'no address' })];
    const { rejections, outcomes } = await own.execute(batchOf(records));
    expect(Object.fromEntries(outcomes)).toEqual({ created: 1, failed: 1 });
    expect(rejections).toMatchObject([{ offset: 9, workspace: WORKSPACE, code: 'invalid_email', isPoison: false }]);
    expect(JSON.stringify(rejections)).not.toContain('no address');
    const [created] = (await logOf(store)).filter(({ type }) => type === 'ParticipantCreated');
    expect(created?.data).toMatchObject({ source: { door: 'kafka' } });
  });

  it('never reach the campaign of another workspace', async () => {
    const { store, door: own } = door();
    await writeCampaign(store);
    const { rejections } = await own.execute(
      batchOf([record(0, { external_id: 'x' }, { workspace: OTHER_WORKSPACE })]),
    );
    expect(rejections).toMatchObject([{ code: 'campaign_not_found', workspace: OTHER_WORKSPACE }]);
    expect(await logOf(store)).toHaveLength(1);
  });

  it.each([[undefined], [7], [[CAMPAIGN]], [{ toString: 1 }]])(
    'are refused where their campaign is no text but %j',
    async (campaign) => {
      const { store, door: own } = door();
      await writeCampaign(store);
      const odd = record(0, {}, { item: { campaign, attributes: { external_id: 'x' } } });
      const { rejections } = await own.execute(batchOf([odd, record(1, { external_id: 'y' })]));
      expect(rejections).toMatchObject([{ offset: 0, code: 'invalid_item', campaign: '' }]);
      expect((await logOf(store)).filter(({ type }) => type === 'ParticipantCreated')).toHaveLength(1);
    },
  );

  it('lead to the same log wherever they were cut, and when they come again in other batches', async () => {
    const records = [
      record(0, { external_id: 'one', name: 'A' }),
      record(1, { external_id: 'two' }),
      record(2, { external_id: 'one', name: 'B' }),
    ];
    const cuts = await underAllCuts(async (cut) => {
      const { store, door: own } = door(cut);
      await repeatUntilThrough(async () => {
        if ((await logOf(store)).length === 0) await writeCampaign(store);
        await own.execute(batchOf(records, true));
      });
      const log = await logOf(store);
      expect(log.filter(({ type }) => type.startsWith('Participant')).map(({ type }) => type)).toEqual([
        'ParticipantCreated',
        'ParticipantUpdated',
        'ParticipantCreated',
      ]);
      for (const one of records) await repeatUntilThrough(() => own.execute(batchOf([one], true)));
      expect(await logOf(store)).toEqual(log);
    });
    expect(cuts).toBeGreaterThan(3);
  });
});
