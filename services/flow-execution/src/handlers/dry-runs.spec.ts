import { describe, expect, test } from '@jest/globals';
import type { flowRuns } from '@poinciana/contracts';
import type { FlowNode } from '@poinciana/campaign-definition';
import { DomainError, derivedId } from '@poinciana/event-sourcing';
import fc from 'fast-check';
import { CAMPAIGN, FLOW, FlowWorld, WORKSPACE, personId } from '../../test/flow-world.js';
import { unknownParticipant } from '../domain/flow-participant.js';
import { InMemoryContactHours } from '../storage/in-memory-contact-hours.js';
import { InMemoryParticipants } from '../storage/in-memory-participants.js';
import { TriedOutFlows } from './tried-out-flow.js';
import { type FileTrialLine, TryFile } from './try-file.js';
import { TryParticipant } from './try-participant.js';

const THEIRS = '6a1f7c1e-0b51-4b57-8a44-0d3f0e0c9a02';
const UNPAID = { name: 'Anna', phone: '34600000001', is_payment_received: false, due_date: '2026-11-22', amount: 10 };
const REQUEST = { flowId: FLOW, trigger: 'participant-created' } as const;

async function house() {
  const world = new FlowWorld();
  await world.define();
  const flows = new TriedOutFlows(world.store, world.clock, { of: async () => ({}) });
  const participants = new InMemoryParticipants();
  const trial = new TryParticipant(flows, participants, new InMemoryContactHours());
  return { world, participants, trial, file: new TryFile(flows) };
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof DomainError ? error.code : error;
}

/** A path without the ids that follow from what really fired. */
function pathOf(path: readonly object[]): readonly object[] {
  return path.map((step) => ({ ...step, communicationId: undefined, canceledIds: undefined }));
}

describe('another flow', () => {
  const target = derivedId('target');
  const from: FlowNode = { id: 'from', type: 'from-another-flow', name: 'From', settings: {} };
  const created: FlowNode = { id: 'created', type: 'participant-created', name: 'Created', settings: {} };
  const move: FlowNode = { id: 'move', type: 'to-another-flow', name: 'To', settings: { flowId: target } };

  async function withTarget() {
    const { world, trial, file } = await house();
    const edges = [{ from: 'created', output: 'out', to: 'move' }];
    const nodes = [created, move];
    await world.save({ id: FLOW, name: 'Source', nodes, edges }, 2);
    await world.save({ id: target, name: 'Target', nodes: [from], edges: [] }, 1);
    const tried = async (request: object = {}) => {
      const { runs } = await trial.execute(WORKSPACE, CAMPAIGN, { ...REQUEST, ...request }, { values: {} });
      const told = runs[0]?.sentences.find(({ nodeId }) => nodeId === 'move');
      return { flows: runs.map(({ run }) => run.flowId), code: runs[0]?.run.steps.at(-1)?.code, text: told?.text };
    };
    return { world, trial, file, tried, drawn: { name: 'Drawn', nodes, edges } };
  }

  const ENTERED = { flows: [FLOW, target], code: undefined, text: 'Moved to the flow Target' };
  const TAKEN = {
    flows: [FLOW, target],
    code: 'taken_as_active',
    text: 'Moved to the flow Target (The target flow is not active at present; the dry run takes it as it would be.)',
  };

  test('is entered from a draft; where it is not active, the trace and the counts of a file say so', async () => {
    const { world, file, tried } = await withTarget();
    expect(await tried()).toEqual(TAKEN);
    const lines = await told(await file.execute(WORKSPACE, CAMPAIGN, REQUEST, piecesOf('email\na@b.example\n')));
    expect(lines.at(-1)).toMatchObject({ flows: [{ codes: { taken_as_active: 1 } }, { flowId: target, runs: 1 }] });
    await world.activate(target);
    expect(await tried()).toEqual(ENTERED);
    await world.deactivate(target);
    expect(await tried()).toEqual(TAKEN);
  });

  test('is not entered by what runs, where it does not run itself (A14); from what is only drawn it is', async () => {
    const { world, tried, drawn } = await withTarget();
    await world.start('run', [{ flowId: FLOW, version: 2 }]);
    expect(await tried()).toMatchObject({ flows: [FLOW], code: 'target_flow_inactive' });
    expect(await tried({ version: 2 })).toMatchObject({ flows: [FLOW], code: 'target_flow_inactive' });
    expect(await tried({ drawn })).toEqual(TAKEN);
    await world.stop();
    expect(await tried()).toEqual(TAKEN);
  });

  test('is entered by what runs, where it runs too', async () => {
    const { world, tried } = await withTarget();
    await world.activate(target);
    await world.start('run', [
      { flowId: FLOW, version: 2 },
      { flowId: target, version: 1 },
    ]);
    expect(await tried()).toEqual(ENTERED);
  });

  test('is not entered when it was deleted', async () => {
    const { world, tried } = await withTarget();
    await world.deleteFlow(target);
    expect(await tried()).toMatchObject({ flows: [FLOW], code: 'target_flow_inactive' });
  });

  test.each([undefined, 1])('cannot be tried out itself when it was deleted, in the version %p', async (version) => {
    const { world, trial } = await withTarget();
    await world.deleteFlow(target);
    const request = { flowId: target, version, trigger: 'from-another-flow' } as const;
    expect(await codeOf(trial.execute(WORKSPACE, CAMPAIGN, request, { values: {} }))).toBe('flow_not_found');
  });
});

describe('the dry run of one participant', () => {
  test('decides what the run then does, at the instant at which it does it, and has no effect', async () => {
    const value = fc.record({
      phone: fc.constantFrom('34600000001', ''),
      is_payment_received: fc.constantFrom(true, false),
      due_date: fc.constantFrom('2026-11-10', '2026-11-21', '2026-11-22', '2026-12-24'),
    });
    await fc.assert(
      fc.asyncProperty(value, async (values) => {
        const { world, trial } = await house();
        await world.start();
        await world.create(1, Object.fromEntries(Object.entries(values).filter(([, each]) => each !== '')));
        const at = world.clock.now().toISOString();
        const before = await world.store.head();
        const tried = await trial.execute(WORKSPACE, CAMPAIGN, { ...REQUEST, at }, { values });
        expect(await world.store.head()).toEqual(before);
        await world.readAll();
        const [event] = await world.runsOf(1);
        const real = event?.data as flowRuns.FlowRunCompleted;
        const [told] = tried.runs;
        expect(pathOf(told?.run.steps ?? [])).toEqual(pathOf(real.path));
        expect(told?.run.plans.map(({ sendAt, name, skipCode }) => [sendAt, name, skipCode])).toEqual(
          real.plans.map(({ sendAt, name, skipCode }) => [sendAt, name, skipCode]),
        );
        expect(told?.sentences).toHaveLength(real.path.length);
      }),
      { numRuns: 20 },
    );
  });

  test('takes somebody who is there, with other values', async () => {
    const { trial, participants } = await house();
    const known = { ...unknownParticipant(personId(1)), workspace: WORKSPACE, campaignId: CAMPAIGN };
    const seen = { values: UNPAID, openCommunications: [], sentNames: [] };
    await participants.write([{ participant: { ...known, phase: 'living', seen }, version: 0 }])(undefined as never);
    const person = { participantId: personId(1), values: {} };
    const asIs = await trial.execute(WORKSPACE, CAMPAIGN, REQUEST, person);
    expect(asIs.runs[0]?.run.plans).toMatchObject([{ name: 'REMINDED_DUE_DATE' }]);
    const paid = await trial.execute(WORKSPACE, CAMPAIGN, REQUEST, {
      ...person,
      values: { is_payment_received: 'yes' },
    });
    expect(paid.runs[0]?.run.plans).toEqual([]);
    expect(paid.runs[0]?.sentences.map(({ text }) => text).join(' ')).toMatch(/true/);
    expect(await codeOf(trial.execute(WORKSPACE, CAMPAIGN, REQUEST, { participantId: personId(2), values: {} }))).toBe(
      'participant_not_found',
    );
  });

  test('takes a graph that is only drawn, and an old version', async () => {
    const { trial } = await house();
    const nodes = [
      { id: 'a', type: 'participant-created', name: 'Created', settings: {} },
      { id: 'b', type: 'cancel-communications', name: 'Stop', settings: {} },
    ];
    const drawn = { name: 'Drawn', nodes, edges: [{ from: 'a', output: 'out', to: 'b' }] };
    const tried = await trial.execute(WORKSPACE, CAMPAIGN, { ...REQUEST, drawn }, { values: {} });
    expect(tried.runs[0]?.run).toMatchObject({ flowVersion: 0, steps: [{ nodeId: 'a' }, { nodeId: 'b' }] });
    const saved = await trial.execute(WORKSPACE, CAMPAIGN, { ...REQUEST, version: 1 }, { values: UNPAID });
    expect(saved.runs[0]?.run.flowVersion).toBe(1);
  });

  test.each([
    ['2026-11-21T09:00', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21', '2026-11-20T23:00:00.000Z'],
    ['2026-11-21T09:00Z', '2026-11-21T09:00:00.000Z'],
  ])('pretends to be at %s, without an offset in the zone of the workspace', async (at, instant) => {
    const { world, trial } = await house();
    await world.moveTo('Europe/Madrid');
    const tried = await trial.execute(WORKSPACE, CAMPAIGN, { ...REQUEST, at }, { values: UNPAID });
    expect(tried.at).toBe(instant);
  });

  test.each<[string, object, object, string]>([
    ['a flow that is none', { flowId: CAMPAIGN }, {}, 'flow_not_found'],
    ['a version that is none', { version: 9 }, {}, 'flow_version_not_found'],
    ['a trigger that the flow does not have', { trigger: 'incoming-session' }, {}, 'no_such_trigger'],
    ['an instant that is none', { at: 'tomorrow' }, {}, 'invalid_instant'],
    ['a field that is none', {}, { values: { __proto__x: 1 } }, 'invalid_values'],
    ['a value that does not fit', {}, { values: { due_date: 'soon' } }, 'invalid_values'],
    ['a zone that is none', {}, { timeZone: '+02:00' }, 'unknown_timezone'],
    [
      'a graph that is none',
      { drawn: { name: 'F', nodes: [{ id: 'a', type: 'x' }], edges: [] } },
      {},
      'malformed_flow',
    ],
  ])('refuses %s', async (_, request, person, code) => {
    const { trial } = await house();
    expect(
      await codeOf(trial.execute(WORKSPACE, CAMPAIGN, { ...REQUEST, ...request }, { values: {}, ...person })),
    ).toBe(code);
  });

  test('knows nothing of another workspace', async () => {
    const { trial, file } = await house();
    expect(await codeOf(trial.execute(THEIRS, CAMPAIGN, REQUEST, { values: {} }))).toBe('campaign_not_found');
    expect(await codeOf(file.execute(THEIRS, CAMPAIGN, REQUEST, piecesOf('')))).toBe('campaign_not_found');
  });
});

describe('the dry run of a file', () => {
  test('tells its progress, then its result, and has no effect', async () => {
    const { world, file } = await house();
    const before = await world.store.head();
    const rows = Array.from({ length: 25_000 }, (_, index) => `c${index},${34_600_000_000 + index},false,2026-11-22\n`);
    const text = `external_id,phone,is_payment_received,due_date\n${rows.join('')}`;
    const lines = await told(await file.execute(WORKSPACE, CAMPAIGN, REQUEST, piecesOf(text)));
    expect(lines.filter(({ type }) => type === 'progress').length).toBeGreaterThan(1);
    expect(lines.at(-1)).toMatchObject({ type: 'result', rows: 25_000, failed: 0, flows: [{ runs: 25_000 }] });
    expect(await world.store.head()).toEqual(before);
  });

  test('ends with the problem of a file that an upload would refuse', async () => {
    const { file } = await house();
    const lines = await told(await file.execute(WORKSPACE, CAMPAIGN, REQUEST, piecesOf('email\n"x')));
    expect(lines).toEqual([{ type: 'problem', code: 'unclosed_quote', detail: expect.any(String) }]);
  });
});

async function* piecesOf(text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function told(lines: AsyncIterable<FileTrialLine>): Promise<readonly FileTrialLine[]> {
  const all: FileTrialLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}
