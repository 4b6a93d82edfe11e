import { describe, expect, test } from '@jest/globals';
import { given } from '@poinciana/event-sourcing/testing';
import { type Campaign, type CampaignEvent, evolveCampaign, noCampaign } from './campaign.js';
import type { SaveFlow } from './campaign-commands.js';
import { campaign } from './campaign-decider.js';
import { FLOWS_MAX, flowOf, versionOf } from './campaign-flows.js';
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
import { etagOf } from './seen-state.js';

const other = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f21';
const emptied = { ...sampleFlow, nodes: [], edges: [] };
const defined: readonly CampaignEvent[] = [sampleCreated, fieldsDefined()];
const activated: CampaignEvent = {
  type: 'FlowActivated',
  data: { campaign: sampleHead, flowId: SAMPLE.flowId, version: 1 },
};

function save(more: Partial<SaveFlow> = {}): SaveFlow {
  return { type: 'SaveFlow', flow: sampleFlow, note: '', workspace: sampleWorkspace, ...more };
}

function etagAfter(...events: readonly CampaignEvent[]): string {
  const state = events.reduce<Campaign>(evolveCampaign, noCampaign);
  return etagOf(versionOf(flowOf(state, SAMPLE.flowId)));
}

function empty(flowId: string, name: string): CampaignEvent {
  const flow = { id: flowId, name, nodes: [], edges: [] };
  return { type: 'FlowSaved', data: { campaign: sampleHead, flow, version: 1, note: '' } };
}

describe('a new flow', () => {
  test('has a default name that none of the campaign has, unless it is named', () => {
    given(campaign)(sampleCreated).when({ type: 'CreateFlow', flowId: other }).then(empty(other, 'Flow 1'));
    given(campaign)(sampleCreated, empty(SAMPLE.flowId, 'Flow 1'))
      .when({ type: 'CreateFlow', flowId: other })
      .then(empty(other, 'Flow 2'));
    given(campaign)(sampleCreated)
      .when({ type: 'CreateFlow', flowId: other, name: ' Mine ' })
      .then(empty(other, 'Mine'));
  });

  test('needs a name of 1 to 200 characters, and room', () => {
    given(campaign)(sampleCreated)
      .when({ type: 'CreateFlow', flowId: other, name: '  ' })
      .thenRefused('invalid_flow_name');
    const full = Array.from({ length: FLOWS_MAX }, (_, index) => empty(`flow-${index}`, 'F'));
    given(campaign)(sampleCreated, ...full)
      .when({ type: 'CreateFlow', flowId: other })
      .thenRefused('too_many_flows');
  });
});

describe('a flow is saved', () => {
  test('as a version after the last, by who has seen the last', () => {
    given(campaign)(...defined)
      .when(save({ note: 'First' }))
      .then(flowSaved(1, sampleFlow, 'First'));
    const events = [...defined, flowSaved(1)];
    given(campaign)(...events)
      .when(save({ flow: emptied }))
      .thenRefused('if_match_required');
    given(campaign)(...events)
      .when(save({ flow: emptied, seen: [etagOf({ flow: emptied, version: 1 })] }))
      .thenRefused('changed_meanwhile');
    given(campaign)(...events)
      .when(save({ flow: emptied, seen: [etagAfter(...events)] }))
      .then(flowSaved(2, emptied));
  });

  test('not again where nothing changed, whoever has seen what', () => {
    given(campaign)(...defined, flowSaved(1))
      .when(save())
      .thenNothing();
  });

  test('under an etag that is used up by the first who saves', () => {
    const seen = [etagAfter(...defined, flowSaved(1))];
    const events = [...defined, flowSaved(1), flowSaved(2, emptied)];
    given(campaign)(...events)
      .when(save({ seen }))
      .thenRefused('changed_meanwhile');
    given(campaign)(...events, flowSaved(3))
      .when(save({ flow: emptied, seen }))
      .thenRefused('changed_meanwhile');
  });

  test('with a version that a deleted flow of that id never had', () => {
    const deleted: CampaignEvent = { type: 'FlowDeleted', data: { campaign: sampleHead, flowId: SAMPLE.flowId } };
    given(campaign)(...defined, flowSaved(1), flowSaved(2, emptied), deleted)
      .when(save())
      .then(flowSaved(3));
  });

  test('only in a form that could be activated while it is Active', () => {
    given(campaign)(...defined, flowSaved(1), activated)
      .when(save({ flow: emptied, seen: 'any' }))
      .thenRefused('flow_not_valid');
  });
});

describe('a flow is renamed, ordered, deleted', () => {
  test('a new name is a version, and needs that one has seen the last', () => {
    const events = [...defined, flowSaved(1)];
    const rename = { type: 'RenameFlow', flowId: SAMPLE.flowId, name: 'Later' } as const;
    given(campaign)(...events)
      .when(rename)
      .thenRefused('if_match_required');
    given(campaign)(...events)
      .when({ ...rename, seen: [etagAfter(...events)] })
      .then(flowSaved(2, { ...sampleFlow, name: 'Later' }, "Renamed from 'Payment reminder'"));
    given(campaign)(...events)
      .when({ ...rename, name: sampleFlow.name })
      .thenNothing();
    given(campaign)(...events)
      .when({ ...rename, flowId: other })
      .thenRefused('flow_not_found');
  });

  test('the order names every flow once', () => {
    const events = [...defined, flowSaved(1), empty(other, 'Other')];
    const flowIds = [other, SAMPLE.flowId];
    const ordered: CampaignEvent = { type: 'FlowsOrdered', data: { campaign: sampleHead, flowIds } };
    given(campaign)(...events)
      .when({ type: 'OrderFlows', flowIds })
      .then(ordered);
    const state = [...events, ordered].reduce<Campaign>(evolveCampaign, noCampaign);
    expect(state.flows.map(({ flow }) => flow.id)).toEqual(flowIds);
    given(campaign)(...events, ordered)
      .when({ type: 'OrderFlows', flowIds })
      .thenNothing();
    for (const wrong of [[other], [other, other], [other, SAMPLE.flowId, 'x'], []])
      given(campaign)(...events)
        .when({ type: 'OrderFlows', flowIds: wrong })
        .thenRefused('invalid_flow_order');
  });

  test('nothing of it while the campaign is Active (A52)', () => {
    const events = [...defined, flowSaved(1), activated, started()];
    const commands = [
      save({ flow: emptied, seen: 'any' }),
      { type: 'CreateFlow', flowId: other },
      { type: 'RenameFlow', flowId: SAMPLE.flowId, name: 'N', seen: 'any' },
      { type: 'OrderFlows', flowIds: [SAMPLE.flowId] },
      { type: 'ActivateFlow', flowId: SAMPLE.flowId, workspace: sampleWorkspace },
      { type: 'DeactivateFlow', flowId: SAMPLE.flowId },
      { type: 'DeleteFlow', flowId: SAMPLE.flowId },
    ] as const;
    for (const command of commands)
      given(campaign)(...events)
        .when(command)
        .thenRefused('campaign_is_active');
  });
});
