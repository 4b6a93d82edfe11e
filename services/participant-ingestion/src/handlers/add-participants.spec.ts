import { describe, expect, it } from '@jest/globals';
import { type Cuts, InMemoryEventStore, streamName } from '@poinciana/event-sourcing';
import { repeatUntilThrough, underAllCuts } from '@poinciana/event-sourcing/testing';
import { CAMPAIGN, ingestion, logOf, WORKSPACE, writeCampaign } from '../../test/fixtures.js';
import { InMemoryIdentityKeys } from '../storage/in-memory-identity-keys.js';
import { InMemoryRequestAnswers } from '../storage/in-memory-request-answers.js';
import { AddParticipants, type ParticipantsRequest } from './add-participants.js';
import { KnownCampaigns } from './known-campaigns.js';

const CAUSATION = 'ffffffff-0000-4000-8000-000000000001';

const DAY_MS = 86_400_000;

function door(cuts?: Cuts) {
  let nowMs = 0;
  const { store, upserts } = ingestion(new InMemoryEventStore(cuts), new InMemoryIdentityKeys(cuts));
  const answers = new InMemoryRequestAnswers(cuts, () => nowMs);
  const addParticipants = new AddParticipants(new KnownCampaigns(store), upserts, answers);
  const add = (body: unknown, other: Partial<ParticipantsRequest> = {}) =>
    addParticipants.execute({
      workspace: WORKSPACE,
      campaignId: CAMPAIGN,
      actor: 'user:ada',
      causation: CAUSATION,
      body,
      ...other,
    });
  const forgetAnswers = async () => {
    nowMs += DAY_MS;
    await answers.forget(DAY_MS);
  };
  return { store, add, forgetAnswers };
}

const item = (attributes: object, other: object = {}) => ({ attributes, ...other });

describe('adding participants by the API', () => {
  it('reads JSON values as the fields want them (A41), null as cleared (A22), and spellings of a name alike', async () => {
    const { store, add } = door();
    await writeCampaign(store);
    await add([item({ External_ID: 7, amount: 5, is_payment_received: true, name: 'Ann' }, { object_id: 9 })]);
    const { outcomes } = await add(
      [item({ external_id: '7', name: null, amount: [] }), item({ external_id: '7', name: null }, { object_id: '9' })],
      {
        causation: WORKSPACE,
      },
    );
    expect(outcomes).toMatchObject([
      { outcome: 'failed', problems: [{ field: 'amount', code: 'invalid_json_type' }] },
      { outcome: 'updated' },
    ]);
    const log = await logOf(store);
    expect(log[2]).toMatchObject({ type: 'ParticipantCreated', data: { participant: { objectId: '9' } } });
    expect(log[2]?.personal).toMatchObject({
      values: { external_id: '7', amount: 5, is_payment_received: true, name: 'Ann' },
    });
    expect(log.at(-1)?.personal).toMatchObject({ values: { external_id: '7', amount: 5 }, previous: { name: 'Ann' } });
  });

  it('refuses an attribute that is given twice', async () => {
    const { store, add } = door();
    await writeCampaign(store);
    const { outcomes } = await add([item({ email: 'a@b.de', Email: 'c@d.de' })]);
    expect(outcomes).toMatchObject([
      { outcome: 'failed', problems: [{ field: 'email', code: 'duplicate_attribute' }] },
    ]);
  });

  it('answers a request with a key the same, wherever it was cut', async () => {
    const body = [item({ email: 'a@b.de' }), item({ email: 'broken' }), item({ email: 'a@b.de', amount: 3 })];
    const cuts = await underAllCuts(async (cut) => {
      const { store, add } = door(cut);
      const ask = () => add(body, { idempotencyKey: 'order-17' });
      const answer = await repeatUntilThrough(async () => {
        const [campaign] = await store.readLast([streamName('campaign', CAMPAIGN)]);
        if (campaign === undefined) await writeCampaign(store);
        return ask();
      });
      expect(answer.outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'updated']);
      const log = await logOf(store);
      expect(log.slice(1).map(({ type }) => type)).toEqual([
        'CustomerProfileChanged',
        'ParticipantCreated',
        'ParticipantUpdated',
      ]);
      expect(answer.position).toEqual(log.at(-1)?.position);
      expect(await repeatUntilThrough(ask)).toEqual(answer);
    });
    expect(cuts).toBeGreaterThan(6);
  });

  it('writes events of its own when a key is used again that was forgotten', async () => {
    const { store, add, forgetAnswers } = door();
    await writeCampaign(store);
    const daily = { idempotencyKey: 'daily-import' };
    await add([item({ external_id: 'ann' })], daily);
    await forgetAnswers();
    const { outcomes } = await add([item({ external_id: 'bo' })], daily);
    expect(outcomes).toMatchObject([{ outcome: 'created' }]);
    const ids = (await logOf(store)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
