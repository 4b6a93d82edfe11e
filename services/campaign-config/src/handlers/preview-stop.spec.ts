import { expect, test } from '@jest/globals';
import { InMemoryEventStore, NO_STREAM, derivedId, streamName } from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import { SAMPLE, sampleCreated, started } from '../domain/campaign-samples.js';
import { InMemoryPauses } from '../storage/in-memory-pauses.js';
import { CampaignStreams } from './campaign-streams.js';
import { PreviewStop } from './preview-stop.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';

async function house(isActive: boolean) {
  const store = new InMemoryEventStore();
  const clock = new TestClock(new Date('2026-11-21T08:00:00Z'));
  const events = (isActive ? [sampleCreated, started()] : [sampleCreated]).map(({ type, data }) => {
    const id = derivedId('spec', type);
    const envelope = { workspace: OURS, key: SAMPLE.campaignId, time: clock.now().toISOString(), hop: 0 };
    return { id, type, data, ...envelope, causation: id, correlation: id, actor: 'user:anna' };
  });
  await store.append([{ stream: streamName('campaign', SAMPLE.campaignId), expectedRevision: NO_STREAM, events }]);
  const pauses = new InMemoryPauses();
  const planned = [1, 2].map((number) => ({
    communicationId: derivedId('spec', 'communication', number),
    campaignId: SAMPLE.campaignId,
    workspace: OURS,
    windowEnd: '2026-11-22T18:00:00.000Z',
  }));
  await pauses.write({ deleted: [], waiting: [], planned, settled: [] })(undefined);
  return new PreviewStop(new CampaignStreams(store, clock), pauses);
}

test('Stop holds what is planned', async () => {
  const preview = await house(true);
  expect(await preview.execute(OURS, SAMPLE.campaignId)).toEqual({ status: 'Active', communicationsHeld: 2 });
});

test('a campaign that does not run has nothing to hold, and another workspace sees none', async () => {
  const preview = await house(false);
  expect(await preview.execute(OURS, SAMPLE.campaignId)).toEqual({ status: 'Inactive', communicationsHeld: 0 });
  await expect(preview.execute(THEIRS, SAMPLE.campaignId)).rejects.toMatchObject({ code: 'campaign_not_found' });
});
