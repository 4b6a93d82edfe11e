import { describe, expect, test } from '@jest/globals';
import { given } from '@poinciana/event-sourcing/testing';
import type { CampaignEvent } from './campaign.js';
import { campaign } from './campaign-decider.js';
import { channelsOf } from './campaign-errors.js';
import {
  SAMPLE,
  fieldsDefined,
  flowSaved,
  sampleCreated,
  sampleFlow,
  sampleHead,
  sampleWorkspace,
  started,
} from './campaign-samples.js';
import { evolveCampaign, noCampaign } from './campaign.js';

const activated: CampaignEvent = {
  type: 'FlowActivated',
  data: { campaign: sampleHead, flowId: SAMPLE.flowId, version: 1 },
};
const other = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f99';
const [channel] = sampleWorkspace.channels;
const [agent] = sampleWorkspace.agents;
if (channel === undefined || agent === undefined) throw new Error('The sample workspace has both');
const twoChannels = {
  ...sampleWorkspace,
  channels: [channel, { ...channel, id: other }],
  agents: [{ ...agent, channelIds: [SAMPLE.channelId, other] }],
};
/** The sample flow, one node of which sends over another channel. */
const mixedFlow = {
  ...sampleFlow,
  nodes: sampleFlow.nodes.map((node, index) =>
    index === sampleFlow.nodes.findIndex(({ settings }) => Object.hasOwn(settings, 'channelId'))
      ? { ...node, settings: { ...node.settings, channelId: other } }
      : node,
  ),
};
const running = (flow = sampleFlow) => [sampleCreated, fieldsDefined(), flowSaved(1, flow), activated, started()];
const diagnosis = { type: 'DiagnoseCampaign', workspace: twoChannels, failedChannels: {} } as const;

describe('a diagnosis (A49)', () => {
  test('finds nothing while a send may succeed', () => {
    given(campaign)(...running())
      .when(diagnosis)
      .thenNothing();
    const failedChannels = { [other]: 'channel_refused' };
    given(campaign)(...running(mixedFlow))
      .when({ ...diagnosis, failedChannels })
      .thenNothing();
  });

  test('finds an Error when all must fail', () => {
    const failedChannels = { [other]: 'channel_refused', [SAMPLE.channelId]: 'provider_unreachable' };
    const state = [...running(mixedFlow)].reduce(evolveCampaign, noCampaign);
    expect(channelsOf(state).toSorted()).toEqual([SAMPLE.channelId, other].toSorted());
    const events = campaign.decide({ ...diagnosis, failedChannels }, state);
    expect(events).toMatchObject([{ type: 'CampaignFailed', data: { campaign: { status: 'Error' } } }]);
  });

  test.each([
    ['agent_missing', { ...sampleWorkspace, agents: [] }],
    ['channel_missing', { ...sampleWorkspace, channels: [] }],
    ['channel_not_attached', { ...sampleWorkspace, agents: [{ ...agent, channelIds: [] }] }],
  ])('says that it is for %s', (code, workspace) => {
    const state = running().reduce(evolveCampaign, noCampaign);
    const [failed] = campaign.decide({ ...diagnosis, workspace }, state);
    expect(failed).toMatchObject({ type: 'CampaignFailed', data: { campaign: { error: { code } } } });
    if (failed === undefined) return;
    given(campaign)(...running(), failed)
      .when({ ...diagnosis, workspace })
      .thenNothing();
    given(campaign)(...running(), failed)
      .when(diagnosis)
      .then({ type: 'CampaignRecovered', data: { campaign: sampleHead } });
    given(campaign)(...running(), failed)
      .when({ type: 'StopCampaign' })
      .then({ type: 'CampaignStopped', data: { campaign: sampleHead } });
  });

  test('does not touch a campaign that does not run', () => {
    given(campaign)(sampleCreated)
      .when({ ...diagnosis, workspace: { ...sampleWorkspace, agents: [] } })
      .thenNothing();
  });
});
