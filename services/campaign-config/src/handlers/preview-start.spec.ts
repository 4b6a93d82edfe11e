import { expect, test } from '@jest/globals';
import { DomainError, InMemoryEventStore, NO_STREAM, derivedId, streamName } from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import type { CampaignEvent } from '../domain/campaign.js';
import {
  SAMPLE,
  fieldsDefined,
  flowSaved,
  sampleCreated,
  sampleHead,
  sampleWorkspace,
} from '../domain/campaign-samples.js';
import { InMemoryPauses } from '../storage/in-memory-pauses.js';
import { CampaignStreams } from './campaign-streams.js';
import { PreviewStart } from './preview-start.js';
import { StartCampaignHandler } from './start-campaign.js';
import { WorkspaceStreams } from './workspace-streams.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const ACTIVATED: CampaignEvent = {
  type: 'FlowActivated',
  data: { campaign: sampleHead, flowId: SAMPLE.flowId, version: 1 },
};

/** `furnished`: the workspace that has the sample's channels and agents. */
async function house(events: readonly CampaignEvent[], furnished: string | undefined) {
  const store = new InMemoryEventStore();
  const clock = new TestClock(new Date('2026-11-21T08:00:00Z'));
  const write = async (stream: string, written: readonly { readonly type: string; readonly data: object }[]) => {
    const stored = written.map(({ type, data }, index) => {
      const id = derivedId('spec', stream, index);
      const key = stream.slice(-36);
      const time = clock.now().toISOString();
      return { id, type, data, workspace: OURS, key, time, causation: id, correlation: id, actor: 'user:anna', hop: 0 };
    });
    await store.append([{ stream, expectedRevision: NO_STREAM, events: stored }]);
  };
  await write(streamName('campaign', SAMPLE.campaignId), events);
  const channels = sampleWorkspace.channels.map((channel) => ({ type: 'ChannelSaved', data: { channel } }));
  const agents = sampleWorkspace.agents.map((agent) => ({ type: 'AgentSaved', data: { agent } }));
  if (furnished !== undefined) await write(streamName('workspace', furnished), [...channels, ...agents]);
  const campaigns = new CampaignStreams(store, clock);
  const workspaces = new WorkspaceStreams(store, clock);
  const start = new StartCampaignHandler(campaigns, workspaces);
  const request = { requestId: 'r', causation: derivedId('start'), correlation: derivedId('start') };
  const asking = { caller: { workspace: OURS, role: 'manager', subject: 'anna' }, request } as const;
  return {
    store,
    preview: new PreviewStart(campaigns, workspaces, new InMemoryPauses(), clock),
    start: () => start.execute(asking, SAMPLE.campaignId, { pauseAnswer: 'run', overdueAnswer: 'skip' }),
  };
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof DomainError ? error.code : undefined;
}

test.each([
  ['no active flow', [sampleCreated, fieldsDefined(), flowSaved(1)], OURS, 'no_active_flow', 0],
  ['a missing agent', [sampleCreated, fieldsDefined(), flowSaved(1), ACTIVATED], undefined, 'flow_not_valid', 1],
  [
    'an agent of another workspace',
    [sampleCreated, fieldsDefined(), flowSaved(1), ACTIVATED],
    THEIRS,
    'flow_not_valid',
    1,
  ],
  ['nothing', [sampleCreated, fieldsDefined(), flowSaved(1), ACTIVATED], OURS, undefined, 1],
] as const)(
  'the preview of Start with %s in its way says what Start says',
  async (_, events, furnished, code, flows) => {
    const { preview, start, store } = await house(events, furnished);
    const before = await store.head();
    const told = await preview.execute(OURS, SAMPLE.campaignId);
    expect(told.refusal?.code).toBe(code);
    expect(told.flows).toHaveLength(flows);
    expect(told.flows.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))).toBe(
      code === 'flow_not_valid',
    );
    expect(await store.head()).toEqual(before);
    expect(await codeOf(start())).toBe(code);
  },
);

test('another workspace previews nothing', async () => {
  const { preview } = await house([sampleCreated], OURS);
  expect(await codeOf(preview.execute(THEIRS, SAMPLE.campaignId))).toBe('campaign_not_found');
});
