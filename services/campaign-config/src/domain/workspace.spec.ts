import { describe, expect, test } from '@jest/globals';
import type { workspace as contract } from '@poinciana/contracts';
import { given } from '@poinciana/event-sourcing/testing';
import { CHANNEL_NEEDS, CHANNEL_TYPES } from '@poinciana/campaign-definition';
import { etagOf } from './seen-state.js';
import { workspace } from './workspace-decider.js';
import type { WorkspaceEvent } from './workspace.js';

const channel: contract.Channel = {
  id: 'c',
  name: 'WhatsApp',
  type: 'whatsapp',
  running: false,
  settings: {},
  encryptedSecrets: {},
  templates: [],
};
const agent: contract.Agent = {
  id: 'a',
  name: 'Bot',
  runtime: 'scripted',
  channelIds: ['c'],
  results: [],
  inbound: false,
};
const channelSaved: WorkspaceEvent = { type: 'ChannelSaved', data: { channel } };
const agentSaved: WorkspaceEvent = { type: 'AgentSaved', data: { agent } };

describe('the settings of a workspace', () => {
  const saved: WorkspaceEvent = { type: 'WorkspaceSettingsSaved', data: { name: 'Ours', timeZone: 'Europe/Madrid' } };
  const save = { type: 'SaveWorkspaceSettings', name: ' Ours', timeZone: 'europe/madrid' } as const;

  test('take a zone in any case, and no offset (A88)', () => {
    given(workspace)().when(save).then(saved);
    for (const timeZone of ['+02:00', ' +02:00', 'Mars/Base', '', '5'])
      given(workspace)()
        .when({ ...save, timeZone })
        .thenRefused('unknown_timezone');
  });

  test.each([
    [' europe/kyiv ', 'Europe/Kyiv'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Etc/UTC', 'UTC'],
  ])('keep the zone %p as %s (A88)', (timeZone, canonical) => {
    given(workspace)()
      .when({ ...save, timeZone })
      .then({ type: 'WorkspaceSettingsSaved', data: { name: 'Ours', timeZone: canonical } });
  });

  test('are changed by who has seen them', () => {
    given(workspace)(saved).when(save).thenNothing();
    given(workspace)(saved)
      .when({ ...save, name: 'Theirs' })
      .thenRefused('if_match_required');
    given(workspace)(saved)
      .when({ ...save, name: 'Theirs', seen: ['x'] })
      .thenRefused('changed_meanwhile');
    given(workspace)(saved)
      .when({ ...save, name: 'Theirs', seen: [etagOf({ name: 'Ours', timeZone: 'Europe/Madrid' })] })
      .then({ type: 'WorkspaceSettingsSaved', data: { name: 'Theirs', timeZone: 'Europe/Madrid' } });
  });
});

describe('a channel', () => {
  test('takes no word about unknown outcomes that means nothing', () => {
    const saying = (unknownOutcomes: string) => ({ ...channel, settings: { ...channel.settings, unknownOutcomes } });
    given(workspace)()
      .when({ type: 'SaveChannel', channel: saying('twice') })
      .thenRefused('invalid_channel_settings');
    const known = saying('at_least_once');
    given(workspace)()
      .when({ type: 'SaveChannel', channel: known })
      .then({ type: 'ChannelSaved', data: { channel: known } });
  });

  test.each(CHANNEL_TYPES)('of the type %s runs with everything that it needs', (type) => {
    const { settings, secrets } = CHANNEL_NEEDS[type];
    const running = { ...channel, type, running: true };
    const filled = {
      ...running,
      settings: Object.fromEntries(settings.map((name) => [name, 'x'])),
      encryptedSecrets: Object.fromEntries(secrets.map((name) => [name, 's1.x'])),
    };
    given(workspace)()
      .when({ type: 'SaveChannel', channel: filled })
      .then({ type: 'ChannelSaved', data: { channel: filled } });
    given(workspace)()
      .when({ type: 'SaveChannel', channel: { ...running, running: false } })
      .then({ type: 'ChannelSaved', data: { channel: { ...running, running: false } } });
    for (const name of settings) {
      const blank = { ...filled, settings: { ...filled.settings, [name]: ' ' } };
      given(workspace)().when({ type: 'SaveChannel', channel: blank }).thenRefused('channel_incomplete');
    }
    for (const name of secrets) {
      const { [name]: _, ...encryptedSecrets } = filled.encryptedSecrets;
      const bare = { ...filled, encryptedSecrets };
      given(workspace)().when({ type: 'SaveChannel', channel: bare }).thenRefused('channel_incomplete');
    }
  });

  test('keeps its type, is overwritten by who has seen it, and goes when no agent has it', () => {
    given(workspace)(channelSaved)
      .when({ type: 'SaveChannel', channel: { ...channel, type: 'email' }, seen: 'any' })
      .thenRefused('channel_type_fixed');
    const renamed = { ...channel, name: 'Other' };
    given(workspace)(channelSaved).when({ type: 'SaveChannel', channel: renamed }).thenRefused('if_match_required');
    given(workspace)(channelSaved)
      .when({ type: 'SaveChannel', channel: renamed, seen: [etagOf(channel)] })
      .then({ type: 'ChannelSaved', data: { channel: renamed } });
    const remove = { type: 'DeleteChannel', channelId: 'c' } as const;
    given(workspace)(channelSaved, agentSaved).when(remove).thenRefused('channel_in_use');
    given(workspace)(channelSaved)
      .when(remove)
      .then({ type: 'ChannelDeleted', data: { channelId: 'c' } });
    given(workspace)().when(remove).thenRefused('channel_not_found');
  });
});

describe('an agent', () => {
  const save = (given: Partial<contract.Agent>) => ({ type: 'SaveAgent', agent: { ...agent, ...given } }) as const;
  const result = { name: 'promised', type: 'boolean', enumerationValues: [] };

  test('speaks on channels that exist; one of a channel answers people who write first', () => {
    given(workspace)().when(save({})).thenRefused('channel_not_found');
    const inbound: WorkspaceEvent = { type: 'AgentSaved', data: { agent: { ...agent, inbound: true } } };
    given(workspace)(channelSaved)
      .when(save({ inbound: true }))
      .then(inbound);
    given(workspace)(channelSaved, inbound)
      .when(save({ id: 'b', inbound: true }))
      .thenRefused('inbound_agent_exists');
    given(workspace)(channelSaved, inbound)
      .when(save({ id: 'b', inbound: false }))
      .then({ type: 'AgentSaved', data: { agent: { ...agent, id: 'b' } } });
  });

  test('declares results of known types, each once, with names of their own (A4)', () => {
    given(workspace)(channelSaved)
      .when(save({ results: [result] }))
      .then({ type: 'AgentSaved', data: { agent: { ...agent, results: [result] } } });
    for (const wrong of [{ name: 'status' }, { name: '__proto__' }, { type: 'money' }, { type: 'enumeration' }])
      given(workspace)(channelSaved)
        .when(save({ results: [{ ...result, ...wrong }] }))
        .thenRefused('invalid_conversation_result');
    given(workspace)(channelSaved)
      .when(save({ results: [result, result] }))
      .thenRefused('conversation_result_twice');
  });

  test('is overwritten by who has seen it, and may be deleted', () => {
    given(workspace)(channelSaved, agentSaved).when(save({})).thenNothing();
    given(workspace)(channelSaved, agentSaved)
      .when(save({ name: 'Other' }))
      .thenRefused('if_match_required');
    const remove = { type: 'DeleteAgent', agentId: 'a' } as const;
    given(workspace)(channelSaved, agentSaved)
      .when(remove)
      .then({ type: 'AgentDeleted', data: { agentId: 'a' } });
    given(workspace)(channelSaved).when(remove).thenRefused('agent_not_found');
  });
});

describe('the customer profile (A73)', () => {
  test('has one type for each custom field', () => {
    const field = { name: 'tier', type: 'integer' };
    const defined: WorkspaceEvent = { type: 'ProfileFieldDefined', data: { field } };
    given(workspace)()
      .when({ type: 'DefineProfileFields', fields: [field] })
      .then(defined);
    given(workspace)(defined)
      .when({ type: 'DefineProfileFields', fields: [field] })
      .thenNothing();
    given(workspace)(defined)
      .when({ type: 'DefineProfileFields', fields: [{ ...field, type: 'string' }] })
      .thenRefused('profile_field_differs');
  });
});

test('an etag says nothing but whether two states are the same', () => {
  expect(etagOf({ a: 1 })).toBe(etagOf({ a: 1 }));
  expect(etagOf({ a: 1 })).not.toBe(etagOf({ a: 2 }));
});
