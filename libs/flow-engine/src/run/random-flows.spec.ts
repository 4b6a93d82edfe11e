import { describe, expect, it } from '@jest/globals';
import { FIELD_TYPES, OPERATORS, type Flow, type JsonObject } from '@poinciana/campaign-definition';
import fc from 'fast-check';
import { ANNA, compile, contextOf, FIELDS, flowOf, whatsApp } from '../../test/scenario.js';
import { explainRun } from '../explain/explain-run.js';
import { RUNS_PER_EVENT_MAX } from './bounds.js';
import { decideRuns } from './decide-runs.js';
import { participantAfter, type ParticipantState } from './participant-state.js';

const names = fc.constantFrom(...FIELD_TYPES.flatMap((type) => [`a_${type}`, `b_${type}`]));
const property = fc.oneof(
  names.map((name) => ({ group: 'participant', name })),
  fc.constantFrom('status', 'score', 'ended_at', 'gone').map((name) => ({ group: 'communication', name })),
);
const typed = fc.oneof(
  fc.constantFrom('', 'red', '5', '2026-11-21', '2026-11-21T10:00', 'a@b.co', '+491511234567', 'yes', 'constructor'),
  fc.string(),
  fc.double(),
  fc.boolean(),
);
const source = fc.oneof(
  typed.map((value) => ({ source: 'static', value })),
  property.map((each) => ({ source: 'property', property: each })),
  fc
    .record(
      { days: fc.integer({ min: -4000, max: 4000 }), hours: fc.double({ min: -100, max: 100, noNaN: true }) },
      { requiredKeys: [] },
    )
    .map((offset) => ({ source: 'today', offset })),
);
const fieldCheck = fc
  .record(
    {
      property,
      operator: fc.constantFrom(...OPERATORS),
      value: source,
      upTo: source,
      values: fc.array(typed, { maxLength: 3 }),
    },
    { requiredKeys: ['property', 'operator'] },
  )
  .map((settings): readonly [string, JsonObject] => ['field-check', settings as JsonObject]);
const update = fc
  .array(fc.record({ field: property, operation: fc.constantFrom('set', 'reset'), value: source }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((assignments): readonly [string, JsonObject] => ['update-field', { assignments }]);
const send = fc
  .record({
    baseDate: fc.oneof(
      fc.constant({ source: 'today' }),
      property.map((each) => ({ source: 'property', property: each })),
    ),
    hours: fc.constantFrom(
      { mode: 'best' },
      { mode: 'window', from: '22:00', to: '02:00' },
      { mode: 'window', from: '09:00', to: '18:00' },
    ),
    reentry: fc.constantFrom('once', 'always', 'inProgress'),
  })
  .chain((changes) => fc.constantFrom('A', 'B').map((name) => whatsApp(name, changes)));
const node = fc.oneof(
  { weight: 4, arbitrary: fieldCheck },
  { weight: 2, arbitrary: update },
  { weight: 2, arbitrary: send },
  fc.constant<readonly [string]>(['cancel-communications']),
  fc.constantFrom('f0', 'f1', 'f2').map((flowId): readonly [string, JsonObject] => ['to-another-flow', { flowId }]),
);

/** Any graph of these nodes, cycles included: the engine must end on all of them. */
const flows = fc
  .array(
    fc.tuple(
      fc.array(node, { minLength: 1, maxLength: 8 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 16 }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((drafts) => drafts.map(([nodes, edges], index) => draw(`f${index}`, nodes, edges)));

function draw(
  id: string,
  nodes: readonly (readonly [string, JsonObject?])[],
  edges: readonly (readonly [number, number, boolean])[],
): Flow {
  const named = Object.fromEntries(nodes.map((each, index) => [`n${index}`, each]));
  const drawn = edges.map(([from, to, match]) => {
    const source = from % nodes.length;
    const output = nodes[source]?.[0] === 'field-check' ? (match ? '.match' : '.else') : '';
    return `n${source}${output} > n${to % nodes.length}`;
  });
  return flowOf(
    id,
    { created: ['participant-created'], arrived: ['from-another-flow'], ...named },
    'created > n0',
    'arrived > n0',
    ...new Set(drawn),
  );
}

const value = fc.oneof(
  fc.constantFrom('red', '2026-11-21', '2026-11-21T10:00:00.000Z', 'a@b.co', 5, 0.5, true),
  fc.string(),
  fc.constant(null),
);
const participants = fc
  .record({
    values: fc.dictionary(names, value),
    zone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Apia'),
    openCommunications: fc.constantFrom([], [{ id: 'x', name: 'A', status: 'Read' as const }]),
    sentNames: fc.constantFrom([], ['B']),
  })
  .map((state): ParticipantState => ({ ...ANNA, ...state, values: { ...ANNA.values, ...state.values } }));
const instants = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('random flows', () => {
  it('never throw, always end, and are deterministic; each run is JSON that can be told', () => {
    fc.assert(
      fc.property(flows, participants, instants, (drafts, participant, now) => {
        const frozen = deepFreeze(participant);
        const input = {
          flows: compile(drafts),
          trigger: { type: 'participant-created', eventId: 'e', now, hop: 0 },
          participant: frozen,
          workspaceZone: 'UTC',
        } as const;
        const decision = decideRuns(input);
        expect(decideRuns({ ...input, flows: compile(drafts) })).toEqual(decision);
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
        expect(decision.runs.length).toBeLessThanOrEqual(RUNS_PER_EVENT_MAX);
        let state: ParticipantState = frozen;
        for (const run of decision.runs) {
          const flow = drafts.find((each) => each.id === run.flowId);
          const executed = run.steps.filter((step) => step.code !== 'already_visited').map((step) => step.nodeId);
          expect(new Set(executed).size).toBe(executed.length);
          if (flow) expect(explainRun(run, flow, contextOf(drafts))).toHaveLength(run.steps.length);
          for (const plan of run.plans) expect(plan.sendAt === undefined).toBe(plan.skipCode !== undefined);
          state = participantAfter(state, run);
        }
        expect(new Set(state.openCommunications.map((open) => open.id)).size).toBe(state.openCommunications.length);
      }),
      { numRuns: 400 },
    );
  });

  it('the fields of the example have every type', () => {
    expect(new Set(FIELDS.map((field) => field.type))).toEqual(new Set(FIELD_TYPES));
  });
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
