import { describe, expect, test } from '@jest/globals';
import { InMemoryEventStore, type NewEvent, NO_STREAM, derivedId, streamName } from '@poinciana/event-sourcing';
import { TestClock } from '@poinciana/service-kit';
import {
  SAMPLE,
  fieldsDefined,
  flowSaved,
  sampleCreated,
  sampleHead,
  sampleWorkspace,
  started,
} from '../domain/campaign-samples.js';
import { InMemoryRunningCampaigns } from '../storage/in-memory-running-campaigns.js';
import { CampaignStreams } from './campaign-streams.js';
import { ChannelFailures } from './channel-failures.js';
import { OnFailures } from './on-failures.js';
import { WorkspaceStreams } from './workspace-streams.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';

/** A store in which a campaign runs, and the policy that looks after it. */
async function house() {
  const store = new InMemoryEventStore();
  const clock = new TestClock(new Date('2026-11-21T08:00:00Z'));
  const campaigns = new CampaignStreams(store, clock);
  const workspaces = new WorkspaceStreams(store, clock);
  const running = new InMemoryRunningCampaigns();
  const policy = new OnFailures(campaigns, workspaces, running, new ChannelFailures(store, campaigns));
  let written = 0;
  let readUpTo = 0;
  const write = async (stream: string, type: string, data: object, workspace = OURS): Promise<void> => {
    const [last] = await store.readLast([stream]);
    written += 1;
    const id = derivedId('spec', written);
    const key = stream.slice(-36);
    const time = clock.now().toISOString();
    const event: NewEvent = {
      id,
      type,
      data,
      workspace,
      key,
      time,
      causation: id,
      correlation: id,
      actor: 'user:anna',
      hop: 0,
    };
    await store.append([{ stream, expectedRevision: last?.revision ?? NO_STREAM, events: [event] }]);
  };
  const read = async (): Promise<void> => {
    const events = await store.readLog({ shard: 0, number: readUpTo }, 1_000);
    readUpTo = events.at(-1)?.position.number ?? readUpTo;
    await policy.handle(events);
    // A batch that comes again changes nothing.
    const head = await store.head();
    await policy.handle(events);
    expect(await store.head()).toEqual(head);
  };
  const campaign = streamName('campaign', SAMPLE.campaignId);
  const workspace = streamName('workspace', OURS);
  for (const channel of sampleWorkspace.channels) await write(workspace, 'ChannelSaved', { channel });
  for (const agent of sampleWorkspace.agents) await write(workspace, 'AgentSaved', { agent });
  const activated = { type: 'FlowActivated', data: { campaign: sampleHead, flowId: SAMPLE.flowId, version: 1 } };
  for (const { type, data } of [sampleCreated, fieldsDefined(), flowSaved(1), activated, started()])
    await write(campaign, type, data);
  const statusNow = async () => {
    const { campaign: now } = await campaigns.read(OURS, SAMPLE.campaignId);
    return now.error === undefined ? now.status : `${now.status}: ${now.error.code}`;
  };
  const failed = { channelId: SAMPLE.channelId, channelType: 'whatsapp', code: 'channel_refused' };
  const channelEvent = (type: string, owner = OURS) =>
    write(streamName('channel', SAMPLE.channelId), type, failed, owner);
  return { store, campaigns, workspaces, running, write, read, statusNow, channelEvent, campaign, workspace };
}

describe('the Error of a campaign (A49)', () => {
  test('comes when the provider refuses its only channel, with a sentence, and goes when that heals', async () => {
    const { read, statusNow, channelEvent, campaigns } = await house();
    await read();
    expect(await statusNow()).toBe('Active');
    await channelEvent('ChannelFailed');
    await read();
    expect(await statusNow()).toBe('Error: channel_refused');
    const { campaign } = await campaigns.read(OURS, SAMPLE.campaignId);
    expect(campaign.error?.sentence).toMatch(/^WhatsApp: The provider refused the channel/);
    await channelEvent('ChannelHealed');
    await read();
    expect(await statusNow()).toBe('Inactive');
  });

  test('comes when an agent is deleted, and goes when it is there again', async () => {
    const { read, statusNow, write, workspace } = await house();
    await write(workspace, 'AgentDeleted', { agentId: SAMPLE.agentId });
    await read();
    expect(await statusNow()).toBe('Error: agent_missing');
    await write(workspace, 'AgentSaved', { agent: sampleWorkspace.agents[0] });
    await read();
    expect(await statusNow()).toBe('Inactive');
  });

  test('is seen whichever of Start and failure is read first', async () => {
    const { read, statusNow, channelEvent } = await house();
    await channelEvent('ChannelFailed');
    await read();
    expect(await statusNow()).toBe('Error: channel_refused');
  });

  test('does not come from a failure that is older than the Start, nor from one of another workspace', async () => {
    const { read, statusNow, channelEvent, write, campaign } = await house();
    await channelEvent('ChannelFailed');
    await read();
    await write(campaign, started(2).type, started(2).data);
    await read();
    expect(await statusNow()).toBe('Active');
    await channelEvent('ChannelFailed', THEIRS);
    await read();
    expect(await statusNow()).toBe('Active');
    await channelEvent('ChannelFailed');
    await read();
    expect(await statusNow()).toBe('Error: channel_refused');
  });

  test('leaves campaigns alone that do not run', async () => {
    const { read, statusNow, channelEvent, write, campaign, running } = await house();
    await write(campaign, 'CampaignStopped', { campaign: sampleHead });
    await channelEvent('ChannelFailed');
    await read();
    expect(await statusNow()).toBe('Inactive');
    expect(await running.of(OURS)).toEqual([]);
  });
});
