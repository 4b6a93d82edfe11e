import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PAYMENT_REMINDER_FIELDS } from '@poinciana/campaign-definition';
import { DemoApi } from '../src/demo/demo-api.js';
import { DEMO, defineDemo } from '../src/demo/demo-definitions.js';
import { type Call, callerOf, until } from './definitions-client.js';
import { StandaloneProcess } from './standalone-process.js';

const OTHER_WORKSPACE = '0b5c7d2e-0000-4000-8000-0000000000aa';
const NOBODY = '0b5c7d2e-0000-4000-8000-000000000009';
const NOW = '2026-11-21T12:00:00Z';
const ZIP = { 'content-type': 'application/zip' };
const CSV = { 'content-type': 'text/csv' };

let standalone: StandaloneProcess;
let ours: Call;
let theirs: Call;
let campaign: string;
let id: string;

interface Flow {
  readonly name: string;
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly edges: readonly object[];
  readonly version: number;
  readonly etag: string;
}

beforeAll(async () => {
  standalone = new StandaloneProcess();
  const url = await standalone.start('--no-demo', '--test-clock', NOW);
  const { authorization } = await standalone.authorization();
  ours = callerOf(url, authorization);
  theirs = callerOf(url, (await standalone.authorization('operator', OTHER_WORKSPACE)).authorization);
  const api = new DemoApi(url, authorization.replace('Bearer ', ''));
  id = await defineDemo(api, { providerUrl: 'http://127.0.0.1:9', durationSeconds: 20 });
  campaign = `config/campaigns/${id}`;
});
afterAll(() => standalone.remove());

describe('versions of a flow', () => {
  const flowPath = () => `${campaign}/flows/${DEMO.flowId}`;

  it('are listed with author and note, compared in sentences, and restored as the newest', async () => {
    const flow = (await ours(flowPath())).body as Flow;
    const nodes = flow.nodes.map((node) => (node.id === 'is-paid' ? { ...node, name: 'Paid?' } : node));
    const changed = { name: flow.name, nodes, edges: flow.edges, note: 'a better name' };
    const headers = { 'if-match': `"${flow.etag}"` };
    expect((await ours(flowPath(), { method: 'PUT', body: changed, headers })).status).toBe(200);
    expect(await ours(flowPath(), { method: 'PUT', body: { ...changed, name: 'Late' }, headers })).toMatchObject({
      status: 412,
    });
    const listed = (await ours(`${flowPath()}/versions?limit=1`)).body;
    expect(listed).toMatchObject({ total: 2, next: 2, items: [{ version: 2, note: 'a better name' }] });
    expect((await ours(`${flowPath()}/versions?before=2`)).body).toMatchObject({
      items: [{ version: 1, savedBy: expect.stringMatching(/^user:/), savedAt: expect.stringMatching(/^2026-11-21T/) }],
    });
    const { sentences } = (await ours(`${flowPath()}/versions/1/changes-to/2`)).body as { sentences: string[] };
    expect(sentences.join('\n')).toMatch(/Paid\?/);
    expect((await ours(`${flowPath()}/versions/1/restore`, { method: 'POST' })).body).toMatchObject({ version: 3 });
    expect((await ours(`${flowPath()}/versions/3`)).body).toMatchObject({
      restoredFrom: 1,
      flow: { nodes: flow.nodes },
    });
  });

  it('are those of one workspace', async () => {
    for (const path of ['versions', 'versions/1', 'versions/1/changes-to/2']) {
      expect(await theirs(`${flowPath()}/${path}`)).toMatchObject({ status: 404, code: 'campaign_not_found' });
    }
    expect(await theirs(`${flowPath()}/versions/1/restore`, { method: 'POST' })).toMatchObject({ status: 404 });
    expect(await ours(`${flowPath()}/versions/99`)).toMatchObject({ status: 404 });
  });
});

describe('a bundle', () => {
  const send = (call: Call, path: string, body: Uint8Array, headers = ZIP) =>
    call(`config/campaigns/import${path}`, { method: 'POST', body, headers });

  it('is a ZIP archive that says what it will create, and creates the same under another name (A86)', async () => {
    const exported = await ours(`${campaign}/export`);
    expect(exported.headers.get('content-type')).toBe('application/zip');
    expect(exported.headers.get('content-disposition')).toMatch(/attachment; filename=".+\.zip"/);
    const preview = (await send(ours, '/preview', exported.bytes)).body as { name: string; hash: string };
    expect(preview).toMatchObject({ name: 'Payment reminder 2', flows: [{ name: 'Payment reminder' }] });
    expect(JSON.stringify(preview)).not.toContain('"severity":"error"');
    const imported = await send(ours, '', exported.bytes);
    expect(imported.status).toBe(201);
    const copy = imported.body as { id: string; flows: { active: boolean }[] };
    expect(copy).toMatchObject({ name: 'Payment reminder 2', status: 'Inactive', flows: [{ active: false }] });
    const again = await send(ours, '/preview', (await ours(`config/campaigns/${copy.id}/export`)).bytes);
    expect((again.body as { hash: string }).hash).toBe(preview.hash);
  });

  it('says in another workspace what is missing there, and is not exported from there', async () => {
    const { bytes } = await ours(`${campaign}/export`);
    const { agents, flows } = (await send(theirs, '/preview', bytes)).body as {
      agents: object[];
      flows: { problems: { code: string }[] }[];
    };
    expect(agents).toEqual([{ name: 'Collections Bot' }]);
    expect(flows[0]?.problems.map(({ code }) => code)).toContain('missing_agent');
    expect(await theirs(`${campaign}/export`)).toMatchObject({ status: 404, code: 'campaign_not_found' });
  });

  it('that was tampered with, or is none, is refused, and nothing is stored', async () => {
    const { bytes } = await ours(`${campaign}/export`);
    const before = await ours('views/campaigns');
    const broken = Uint8Array.from(bytes);
    broken[Math.floor(broken.length / 2)] = (broken[Math.floor(broken.length / 2)] ?? 0) ^ 0xff;
    for (const path of ['', '/preview']) {
      expect((await send(ours, path, broken)).status).toBe(422);
      expect((await send(ours, path, new TextEncoder().encode('PK no archive'))).status).toBe(422);
      expect((await send(ours, path, bytes, CSV)).status).toBe(415);
      expect((await ours(`config/campaigns/import${path}`, { method: 'POST', body: {} })).status).toBe(415);
    }
    expect((await ours('views/campaigns')).body).toEqual(before.body);
  });
});

describe('the dry run of a file', () => {
  const FILE =
    'external_id,name,phone,is_payment_received,due_date\nd1,Ann,491510000001,false,2026-11-22\nd2,Bo,491510000002,true,2026-11-22\nd3,Cy,491510000003,x,\n';
  const send = (call: Call, query: string, body: string, headers = CSV) =>
    call(`flows/campaigns/${id}/dry-run/file?${query}`, {
      method: 'POST',
      body: new TextEncoder().encode(body),
      headers,
    });
  const lastLine = (bytes: Uint8Array) =>
    JSON.parse(Buffer.from(bytes).toString('utf8').trim().split('\n').at(-1) ?? '') as unknown;

  it('counts what every row would do, and nobody is there afterwards', async () => {
    const { status, headers, bytes } = await send(ours, `flowId=${DEMO.flowId}&at=2026-11-21T12:00:00Z`, FILE);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    expect(lastLine(bytes)).toMatchObject({
      type: 'result',
      rows: 3,
      failed: 1,
      problems: [{ row: 4, field: 'is_payment_received' }],
      flows: [{ runs: 2, edges: { 'is-paid match': 1, 'is-paid else': 1 }, sendHours: { '2026-11-21T23:00Z': 1 } }],
    });
    expect((await ours(`views/campaigns/${id}/participants`)).body).toMatchObject({ total: 0 });
  });

  it('says as its last line what is wrong with the file, and refuses what is none', async () => {
    const told = await send(ours, `flowId=${DEMO.flowId}`, 'phone,phone\n1,2\n');
    expect(lastLine(told.bytes)).toMatchObject({ type: 'problem', code: 'duplicate_column' });
    expect(await send(ours, `flowId=${DEMO.flowId}`, '{}', ZIP)).toMatchObject({ status: 415 });
    expect(await send(ours, `flowId=${NOBODY}`, FILE)).toMatchObject({ status: 404, code: 'flow_not_found' });
    expect(await send(theirs, `flowId=${DEMO.flowId}`, FILE)).toMatchObject({
      status: 404,
      code: 'campaign_not_found',
    });
  });
});

describe('what the service learns from the log', () => {
  const preview = async (position = '0:0') => (await ours(`${campaign}/start?waitFor=${position}`)).body as object;
  const people = ['p1', 'p2', 'p3'].map((external_id, index) => ({
    attributes: {
      external_id,
      name: external_id,
      phone: `49151000000${index}`,
      is_payment_received: false,
      due_date: '2026-11-22',
    },
  }));

  it('Start says who came, and after a Stop what is overdue', async () => {
    expect(await preview()).toMatchObject({ status: 'Inactive', pause: { people: 0, communicationsOverdue: 0 } });
    const added = await ours(`ingest/campaigns/${id}/participants`, { method: 'POST', body: people });
    const position = added.headers.get('poinciana-position') ?? '';
    expect(await preview(position)).toMatchObject({
      pause: { people: 3, participantsCreated: 3, communicationsEnded: 0, communicationsOverdue: 0 },
      questions: [
        { name: 'pauseAnswer', concerns: 3 },
        { name: 'overdueAnswer', concerns: 0 },
      ],
    });
    expect((await ours(`${campaign}/start`, { method: 'POST', body: {} })).status).toBe(200);
    const planned = `views/campaigns/${id}/communications?status=Planned`;
    await until(
      async () => (await ours(planned)).body as { total: number },
      ({ total }) => total === 3,
    );
    expect(await preview()).toMatchObject({ status: 'Active', pause: { people: 0 } });
    const held = (await until(
      async () => (await ours(`${campaign}/stop`)).body as { communicationsHeld: number },
      ({ communicationsHeld }) => communicationsHeld === 3,
    )) as object;
    expect(held).toEqual({ status: 'Active', communicationsHeld: 3 });
    expect((await ours(`${campaign}/stop`, { method: 'POST', body: {} })).status).toBe(200);
    await ours('test/clock', { method: 'PUT', body: { now: '2026-11-25T12:00:00Z' } });
    const { pause } = (await until(preview, (told) => JSON.stringify(told).includes('"communicationsOverdue":3'))) as {
      pause: object;
    };
    expect(pause).toEqual({ people: 0, participantsCreated: 0, communicationsEnded: 0, communicationsOverdue: 3 });
    expect(await theirs(`${campaign}/start`)).toMatchObject({ status: 404, code: 'campaign_not_found' });
  });

  it('a field that somebody holds a value for keeps its type', async () => {
    // Without the flow nothing but the values stands in the way.
    await ours(`${campaign}/flows/${DEMO.flowId}/deactivate`, { method: 'POST' });
    expect((await ours(`${campaign}/flows/${DEMO.flowId}`, { method: 'DELETE' })).status).toBe(200);
    const fields = PAYMENT_REMINDER_FIELDS.map((field) =>
      field.name === 'due_date' ? { ...field, type: 'string' } : field,
    );
    const refused = await ours(`${campaign}/fields`, { method: 'PUT', body: { fields } });
    expect(refused).toMatchObject({ status: 409, code: 'field_holds_values' });
  });

  it('a campaign whose agent is gone goes into Error, and the list says why', async () => {
    const { items } = (await ours('views/campaigns?q=reminder 2')).body as { items: { id: string }[] };
    const copy = `config/campaigns/${items[0]?.id ?? ''}`;
    const { flows } = (await ours(copy)).body as { flows: { id: string }[] };
    await ours(`${copy}/flows/${flows[0]?.id ?? ''}/activate`, { method: 'POST' });
    expect((await ours(`${copy}/start`, { method: 'POST', body: {} })).status).toBe(200);
    expect((await ours(`config/workspace/agents/${DEMO.agentId}`, { method: 'DELETE' })).status).toBe(200);
    const list = async () => (await ours('views/campaigns?status=Error')).body as { items: object[] };
    const told = await until(list, ({ items: inError }) => inError.length > 0);
    const error = { code: 'agent_missing', sentence: expect.stringContaining('agent'), agentId: DEMO.agentId };
    expect(told.items).toMatchObject([{ name: 'Payment reminder 2', status: 'Error', error }]);
    expect((await ours(copy)).body).toMatchObject({ status: 'Error', error });
  });
});
