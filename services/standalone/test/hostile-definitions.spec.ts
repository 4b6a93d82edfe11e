import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCampaign, listCampaigns } from './campaigns.js';
import { expectProblem, sendHostile, type Hostile } from './hostile-answers.js';
import { StandaloneProcess } from './standalone-process.js';

const NOBODY = '0b5c7d2e-0000-4000-8000-000000000009';
const CAMPAIGNS = '/api/config/campaigns';

let standalone: StandaloneProcess;
let url: string;
let authorization: string;
let campaignId: string;

beforeAll(async () => {
  standalone = new StandaloneProcess();
  url = await standalone.start('--no-demo');
  ({ authorization } = await standalone.authorization());
  campaignId = (await createCampaign(standalone, url, 'Spring')).id;
});
afterAll(() => standalone.remove());

const put = (path: string, body: unknown): Hostile => ({ method: 'PUT', path, body: JSON.stringify(body) });
const field = { name: 'a', title: 'A', type: 'string', level: 'customer', import: true, required: false };
const channel = { name: 'C', type: 'whatsapp', running: true, settings: {} };
const agent = { name: 'A', runtime: 'scripted', channelIds: [] };

describe('definitions that are none', () => {
  const fields = (given: unknown): Hostile => put(`${CAMPAIGNS}/${campaignId}/fields`, given);
  const flow = (given: object): Hostile =>
    put(`${CAMPAIGNS}/${campaignId}/flows/${NOBODY}`, { name: 'F', nodes: [], edges: [], ...given });
  const agents = (given: object): Hostile => put(`/api/config/workspace/agents/${NOBODY}`, { ...agent, ...given });
  const channels = (given: object): Hostile =>
    put(`/api/config/workspace/channels/${NOBODY}`, { ...channel, ...given });

  it.each<[string, () => Hostile, number, string]>([
    ['null for a field', () => fields({ fields: [null] }), 422, 'invalid_request'],
    ['a list for a field', () => fields({ fields: [[field]] }), 422, 'invalid_request'],
    ['an empty list for a field', () => fields({ fields: [[]] }), 422, 'invalid_request'],
    ['a text for fields', () => fields({ fields: 'x' }), 422, 'invalid_request'],
    ['an object for fields', () => fields({ fields: { 0: field, length: 1 } }), 422, 'invalid_request'],
    ['a field of no type', () => fields({ fields: [{ ...field, type: '__proto__' }] }), 422, 'system_field_locked'],
    ['too many fields', () => fields({ fields: Array(401).fill(field) }), 422, 'invalid_request'],
    ['null for a node', () => flow({ nodes: [null] }), 422, 'malformed_flow'],
    ['a number for an edge', () => flow({ edges: [1] }), 422, 'malformed_flow'],
    [
      'a node of no type',
      () => flow({ nodes: [{ id: 'n', type: 'toString', name: 'N', settings: {} }] }),
      422,
      'malformed_flow',
    ],
    [
      'a flow too large',
      () => flow({ nodes: [{ id: 'n', type: 'end', name: 'N', settings: { x: 'y'.repeat(900_000) } }] }),
      422,
      'malformed_flow',
    ],
    ['null for a result', () => agents({ results: [null] }), 422, 'invalid_request'],
    ['a list for a script', () => agents({ script: [] }), 422, 'invalid_request'],
    ['a channel that is none', () => agents({ channelIds: [NOBODY] }), 422, 'channel_not_found'],
    ['null for a channel', () => agents({ channelIds: [null] }), 422, 'invalid_request'],
    ['a script larger than an event', () => agents({ script: { text: 'x'.repeat(900_000) } }), 422, 'invalid_request'],
    [
      'templates larger than an event',
      () =>
        channels({ templates: Array(220).fill({ name: 't', language: 'en', body: 'x'.repeat(4_000), variables: [] }) }),
      422,
      'invalid_request',
    ],
    ['a list among templates', () => channels({ templates: [[]] }), 422, 'invalid_request'],
    ['a list for settings', () => channels({ settings: [] }), 422, 'invalid_request'],
    ['a number for a setting', () => channels({ settings: { baseUrl: 1 } }), 422, 'invalid_channel_settings'],
    ['an object for a secret', () => channels({ secrets: { accessToken: {} } }), 422, 'invalid_channel_secrets'],
    ['null for a template', () => channels({ templates: [null] }), 422, 'invalid_request'],
    [
      'a zone that is none',
      () => put('/api/config/workspace', { name: 'W', timeZone: '../../etc/passwd' }),
      422,
      'unknown_timezone',
    ],
    [
      'an offset for a zone',
      () => put('/api/config/workspace', { name: 'W', timeZone: '+01:00' }),
      422,
      'unknown_timezone',
    ],
    [
      'a pause answer of nothing',
      () => ({ path: `${CAMPAIGNS}/${campaignId}/start`, body: '{"pauseAnswer":"constructor"}' }),
      422,
      'invalid_request',
    ],
    ['a start of nothing', () => ({ path: `${CAMPAIGNS}/${campaignId}/start`, body: '{}' }), 422, 'no_active_flow'],
    [
      'a flow that is none',
      () => ({ method: 'POST', path: `${CAMPAIGNS}/${campaignId}/flows/${NOBODY}/activate` }),
      404,
      'flow_not_found',
    ],
  ])('%s', async (_, hostile, status, code) => {
    expect(expectProblem(await sendHostile(url, authorization, hostile()))).toEqual({ status, code });
  });
});

it('after all of that the service is well and nothing was kept', async () => {
  const { id, position } = await createCampaign(standalone, url, 'Autumn');
  expect(await listCampaigns(standalone, url, position)).toEqual(expect.arrayContaining([id, campaignId]));
  const workspace = await sendHostile(url, authorization, { path: '/api/config/workspace' });
  expect(JSON.parse(workspace.text)).toMatchObject({ agents: [], channels: [] });
  expect(await standalone.end('SIGTERM')).toMatchObject({ code: 0, complaints: '' });
});
