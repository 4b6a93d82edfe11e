import { expect, test } from '@jest/globals';
import { FLOW_BYTES_MAX } from '@poinciana/campaign-definition';
import { InMemoryEventStore, derivedId, streamName } from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import { CAMPAIGN_DESCRIPTION_MAX, CAMPAIGN_NAME_MAX } from '../domain/campaign-name.js';
import { InMemoryCampaignNames } from '../storage/in-memory-campaign-names.js';
import { CampaignNaming } from './campaign-naming.js';
import { CampaignStreams } from './campaign-streams.js';
import { CreateCampaignHandler } from './create-campaign.js';
import { SaveFlowHandler } from './save-flow.js';
import { WorkspaceStreams } from './workspace-streams.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
/** The note of a version has at most so many characters, at the door. */
const NOTE_MAX = 2_000;

function asking(name: string) {
  const id = derivedId('request', name);
  const request = { requestId: name, causation: id, correlation: id };
  return { caller: { workspace: OURS, role: 'manager', subject: 'anna' }, request } as const;
}

/** A campaign whose name and description are as long as may be, and a flow with so many characters of three bytes each. */
async function saving(characters: number) {
  const store = new InMemoryEventStore();
  const clock = new TestClock(new Date('2026-11-21T08:00:00Z'));
  const campaigns = new CampaignStreams(store, clock);
  const create = new CreateCampaignHandler(new CampaignNaming(new InMemoryCampaignNames(), store), campaigns);
  const { campaign } = await create.execute(asking('create'), {
    name: '漢'.repeat(CAMPAIGN_NAME_MAX),
    description: '漢'.repeat(CAMPAIGN_DESCRIPTION_MAX),
  });
  const save = new SaveFlowHandler(campaigns, new WorkspaceStreams(store, clock));
  const settings = { template: { subject: 'Hello', body: '漢'.repeat(characters) } };
  const drawn = {
    id: derivedId('flow'),
    name: 'Flow',
    nodes: [{ id: 'send', type: 'email-communication', name: 'Send', settings }],
    edges: [],
    note: '漢'.repeat(NOTE_MAX),
  };
  const saved = () => save.execute(asking('save'), campaign.id, drawn, undefined);
  return { saved, last: async () => (await store.readLast([streamName('campaign', campaign.id)]))[0] };
}

test('a flow within its bound is stored, in whatever script it is written', async () => {
  const { saved, last } = await saving(Math.floor((FLOW_BYTES_MAX - 1_000) / 3));
  await saved();
  expect((await last())?.type).toBe('FlowSaved');
});

test('a flow beyond it is refused before the log would refuse it', async () => {
  const { saved, last } = await saving(Math.ceil(FLOW_BYTES_MAX / 3));
  await expect(saved()).rejects.toMatchObject({
    code: 'malformed_flow',
    kind: 'invalid',
    message: `The flow is larger than ${FLOW_BYTES_MAX} bytes.`,
  });
  expect((await last())?.type).toBe('CampaignCreated');
});
