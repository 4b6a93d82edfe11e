import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { DomainError, InMemoryEventStore } from '@poinciana/event-sourcing';
import { RequestRefusal, TestClock } from '@poinciana/service-kit';
import { SAMPLE, sampleFields, sampleFlow, sampleWorkspace } from '../domain/campaign-samples.js';
import type { Campaign } from '../domain/campaign.js';
import { InMemoryCampaignNames } from '../storage/in-memory-campaign-names.js';
import { CampaignNaming } from './campaign-naming.js';
import { CampaignStreams } from './campaign-streams.js';
import { CreateCampaignHandler } from './create-campaign.js';
import { ExportCampaign } from './export-campaign.js';
import { ImportCampaignHandler } from './import-campaign.js';
import { WorkspaceStreams } from './workspace-streams.js';

const OURS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a01';
const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const OTHER_FLOW = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f22';

function house() {
  const store = new InMemoryEventStore();
  const clock = new TestClock(new Date('2026-11-21T08:00:00Z'));
  const campaigns = new CampaignStreams(store, clock);
  const workspaces = new WorkspaceStreams(store, clock);
  const naming = new CampaignNaming(new InMemoryCampaignNames(), store);
  const imports = new ImportCampaignHandler(naming, campaigns, workspaces);
  const exports = new ExportCampaign(campaigns, workspaces);
  const create = new CreateCampaignHandler(naming, campaigns);
  let requests = 0;
  const asking = (workspace = OURS, request = `10000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`) => ({
    caller: { workspace, role: 'manager' as const, subject: 'anna' },
    request: { requestId: request, causation: request, correlation: request },
  });
  const furnish = async (workspace: string, suffix = ''): Promise<void> => {
    for (const channel of sampleWorkspace.channels) {
      const theirs = { ...channel, id: channel.id + suffix, running: false };
      await workspaces.execute(asking(workspace), { type: 'SaveChannel', channel: theirs });
    }
    for (const agent of sampleWorkspace.agents) {
      const theirs = { ...agent, id: agent.id + suffix, channelIds: agent.channelIds.map((id) => id + suffix) };
      await workspaces.execute(asking(workspace), { type: 'SaveAgent', agent: theirs });
    }
  };
  return { store, campaigns, workspaces, imports, exports, create, asking, furnish };
}
type House = ReturnType<typeof house>;

/** A campaign with the sample flow, and another one that leads to it. */
async function sampleCampaign({ create, campaigns, asking }: House, flows = [sampleFlow, leadingTo(SAMPLE.flowId)]) {
  const { campaign } = await create.execute(asking(), { name: 'Reminder', description: 'Before the due date' });
  const { workspace } = { workspace: sampleWorkspace };
  const fields = { type: 'DefineFields', fields: sampleFields, workspace, held: [] } as const;
  await campaigns.execute(asking(), campaign.id, fields);
  for (const flow of flows)
    await campaigns.execute(asking(), campaign.id, { type: 'SaveFlow', flow, note: '', workspace });
  return campaign.id;
}

function leadingTo(flowId: string) {
  const nodes = [
    { id: 'a', type: 'participant-created', name: 'Created', settings: {} },
    { id: 'b', type: 'to-another-flow', name: 'On', settings: { flowId } },
  ];
  return { id: OTHER_FLOW, name: 'Lead', nodes, edges: [{ from: 'a', output: 'out', to: 'b' }] };
}

function withoutIds({ fields, flows, description }: Campaign): object {
  return { fields, description, names: flows.map(({ flow, version, active }) => [flow.name, version, active]) };
}

describe('a campaign that is exported and imported', () => {
  test('is the same but for its name, its flows Inactive and leading to one another (A86)', async () => {
    const our = house();
    await our.furnish(OURS);
    const id = await sampleCampaign(our);
    const exported = await our.exports.execute(OURS, id);
    const { campaign } = await our.imports.execute(our.asking(), exported.bytes);
    expect(campaign.name).toBe('Reminder 2');
    const { campaign: original } = await our.campaigns.read(OURS, id);
    expect(withoutIds(campaign)).toEqual(withoutIds(original));
    const [first, second] = campaign.flows;
    expect(second?.flow.nodes[1]?.settings).toEqual({ flowId: first?.flow.id });
    expect(first?.flow.id).not.toBe(SAMPLE.flowId);
    expect((await our.exports.execute(OURS, campaign.id)).hash).toBe(exported.hash);
    expect((await our.imports.preview(OURS, exported.bytes)).name).toBe('Reminder 3');
  });

  test('is imported once, however often the request is repeated', async () => {
    const our = house();
    const { bytes } = await our.exports.execute(OURS, await sampleCampaign(our));
    const request = our.asking();
    const first = await our.imports.execute(request, bytes);
    expect(await our.imports.execute(request, bytes)).toEqual(first);
  });

  test('gives the same hash, whatever it refers to and wherever it is imported', async () => {
    const id = fc.constantFrom(SAMPLE.agentId, SAMPLE.channelId, OTHER_FLOW, 'nowhere', 'agent-7', '');
    const names = fc.array(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), {
      minLength: 1,
      maxLength: 4,
    });
    const drawn = fc.tuple(names, fc.array(fc.tuple(id, id, id), { maxLength: 4 }), fc.constantFrom(OURS, THEIRS));
    await fc.assert(
      fc.asyncProperty(drawn, async ([titles, references, target]) => {
        const our = house();
        await our.furnish(OURS);
        await our.furnish(THEIRS, '0');
        const nodes = references.map(([agentId, channelId, flowId], index) => ({
          id: `n${index}`,
          type: index % 2 === 0 ? 'whatsapp-communication' : 'to-another-flow',
          name: titles[index % titles.length]?.trim() || 'N',
          settings: { agentId, channelId, flowId, deep: { list: [1, { text: titles[0] ?? '' }] } },
        }));
        const flow = { id: OTHER_FLOW, name: 'F', nodes, edges: [] };
        const campaignId = await sampleCampaign(our, [flow, sampleFlow]);
        const exported = await our.exports.execute(OURS, campaignId);
        const { campaign } = await our.imports.execute(our.asking(target), exported.bytes);
        expect((await our.exports.execute(target, campaign.id)).hash).toBe(exported.hash);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a campaign that comes to another workspace', () => {
  test('finds agents and channels by their names, and says what is missing', async () => {
    const our = house();
    await our.furnish(OURS);
    const { bytes } = await our.exports.execute(OURS, await sampleCampaign(our));
    const bare = await our.imports.preview(THEIRS, bytes);
    expect(bare.agents).toEqual([{ key: 'agent-1', name: 'Collections Bot' }]);
    expect(bare.problems.flat().map(({ code }) => code)).toEqual(
      expect.arrayContaining(['missing_agent', 'missing_channel']),
    );
    const before = await our.store.head();
    expect((await our.imports.preview(THEIRS, bytes)).name).toBe('Reminder');
    expect(await our.store.head()).toEqual(before);
    await our.furnish(THEIRS, '0');
    const plan = await our.imports.preview(THEIRS, bytes);
    expect(plan.channels).toEqual([{ key: 'channel-1', name: 'WhatsApp', id: `${SAMPLE.channelId}0` }]);
    const { campaign } = await our.imports.execute(our.asking(THEIRS), bytes);
    const sent = campaign.flows[0]?.flow.nodes.find(({ settings }) => 'agentId' in settings);
    expect(sent?.settings['agentId']).toBe(`${SAMPLE.agentId}0`);
  });
});

describe('a bundle that is none', () => {
  const files = (bytes: Uint8Array) => unzipSync(bytes);
  const pack = (entries: Record<string, Uint8Array>) => zipSync(entries);
  const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  /** The bundle with a changed definition, and the hashes that go with it. */
  const forged = (bytes: Uint8Array, change: (text: string) => string) => {
    const entries = files(bytes);
    const definition = strToU8(change(strFromU8(entries['definition.json'] ?? new Uint8Array())));
    const manifest = strFromU8(entries['manifest.json'] ?? new Uint8Array());
    const old = sha(entries['definition.json'] ?? new Uint8Array());
    return pack({
      ...entries,
      'definition.json': definition,
      'manifest.json': strToU8(manifest.replace(old, sha(definition))),
    });
  };
  const replaced = (from: string, to: string) => (text: string) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  };
  const bomb = () => pack({ 'manifest.json': strToU8('{}'), 'definition.json': new Uint8Array(30 * 1024 * 1024) });

  test.each<[string, (bytes: Uint8Array) => Uint8Array, string]>([
    ['no archive', () => strToU8('{}'), 'not_a_bundle'],
    ['nothing', () => new Uint8Array(), 'not_a_bundle'],
    ['an archive that is cut', (bytes) => bytes.slice(0, -30), 'not_a_bundle'],
    ['another file in it', (bytes) => pack({ ...files(bytes), 'x.json': strToU8('{}') }), 'not_a_bundle'],
    ['a path that leads out', (bytes) => pack({ ...files(bytes), '../../x': strToU8('x') }), 'not_a_bundle'],
    [
      'no definition',
      (bytes) => pack({ 'manifest.json': files(bytes)['manifest.json'] ?? strToU8('') }),
      'not_a_bundle',
    ],
    [
      'no manifest',
      (bytes) => pack({ 'definition.json': files(bytes)['definition.json'] ?? strToU8('') }),
      'not_a_bundle',
    ],
    ['a changed definition', (bytes) => pack({ ...files(bytes), 'definition.json': strToU8('{}') }), 'bundle_tampered'],
    [
      'a later version',
      (bytes) => pack({ ...files(bytes), 'manifest.json': strToU8('{"format":"poinciana-campaign","version":2}') }),
      'bundle_version_unknown',
    ],
    ['a bomb', bomb, 'bundle_too_large'],
    ['a bomb that lies about its size', () => lying(bomb(), 30 * 1024 * 1024, 1_000), 'not_a_bundle'],
    ['an archive beyond the bound', () => new Uint8Array(9 * 1024 * 1024), 'bundle_too_large'],
    ['a node of an unknown type', (bytes) => forged(bytes, replaced('"field-check"', '"rm-rf"')), 'invalid_bundle'],
    ['a dangling edge', (bytes) => forged(bytes, replaced('"from": "created"', '"from": "nowhere"')), 'invalid_bundle'],
    ['a node id twice', (bytes) => forged(bytes, replaced('"id": "b"', '"id": "a"')), 'invalid_bundle'],
    ['no fields', (bytes) => forged(bytes, () => '{"flows":[],"fields":[]}'), 'system_field_locked'],
    ['a field of no type', (bytes) => forged(bytes, replaced('"type": "date"', '"type": "money"')), 'invalid_fields'],
    [
      'a field called __proto__',
      (bytes) => forged(bytes, replaced('"name": "amount"', '"name": "__proto__"')),
      'invalid_fields',
    ],
    [
      'a member called __proto__',
      (bytes) => forged(bytes, replaced('"flows":', '"__proto__": {}, "flows":')),
      'forbidden_name',
    ],
    ['deep JSON', (bytes) => forged(bytes, () => '['.repeat(100_000) + ']'.repeat(100_000)), 'nested_too_deeply'],
    ['broken JSON', (bytes) => forged(bytes, () => '{'), 'malformed_json'],
    ['10,000 nodes', (bytes) => forged(bytes, () => manyNodes(10_000)), 'invalid_bundle'],
    ['51 flows', (bytes) => forged(bytes, () => manyFlows(51)), 'invalid_bundle'],
  ])('%s is refused with a code, and nothing is stored', async (_, damage, code) => {
    const our = house();
    const { bytes } = await our.exports.execute(OURS, await sampleCampaign(our));
    const damaged = damage(bytes);
    const before = await our.store.head();
    expect(await codeOf(our.imports.preview(OURS, damaged))).toBe(code);
    expect(await codeOf(our.imports.execute(our.asking(), damaged))).toBe(code);
    expect(await our.store.head()).toEqual(before);
  });
});

/** Writes another uncompressed size wherever the archive tells the true one. */
function lying(bytes: Uint8Array, truth: number, lie: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length; at++) if (view.getUint32(at, true) === truth) view.setUint32(at, lie, true);
  return bytes;
}

function manyNodes(count: number): string {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    type: 'field-check',
    name: 'N',
    settings: {},
  }));
  return JSON.stringify({ fields: sampleFields, flows: [{ key: 'flow-1', name: 'F', nodes, edges: [] }] });
}

function manyFlows(count: number): string {
  const flows = Array.from({ length: count }, (_, index) => ({
    key: `flow-${index + 1}`,
    name: 'F',
    nodes: [],
    edges: [],
  }));
  return JSON.stringify({ fields: sampleFields, flows });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DomainError || error instanceof RequestRefusal) return error.code;
  return `no refusal but ${String(error)}`;
}
