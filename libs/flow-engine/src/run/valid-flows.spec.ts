import { describe, expect, it } from '@jest/globals';
import {
  checkFlow,
  FIELD_TYPES,
  hasErrors,
  OPERATORS_BY_TYPE,
  operandsOf,
  type FieldType,
  type Flow,
  type JsonObject,
  type Operator,
} from '@poinciana/campaign-definition';
import fc from 'fast-check';
import { ANNA, AT_ONCE, compile, contextOf, flowOf, set, whatsApp } from '../../test/scenario.js';
import { decideRuns } from './decide-runs.js';
import type { FlowRun } from './flow-run.js';
import type { ParticipantState } from './participant-state.js';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Sao_Paulo'];
const field = (name: string, group = 'participant') => ({ group, name });
/** Two values of each type, the lesser one first. */
const VALUES: Readonly<Record<FieldType, readonly [string, string]>> = {
  string: ['Anna', 'Ben'],
  integer: ['4', '5'],
  numeric: ['0.5', '1e3'],
  boolean: ['no', 'yes'],
  date: ['2026-11-20', '2026-11-21'],
  datetime: ['2026-11-21T10:00', '2026-11-22'],
  enumeration: ['green', 'red'],
  email: ['a@b.co', 'b@b.co'],
  phone: ['+49 151 1234567', '0043 1 2345678'],
};

function operands(type: FieldType, operator: Operator): fc.Arbitrary<JsonObject> {
  const [low, high] = VALUES[type];
  const typed = fc.constantFrom(low, high).map((value) => ({ source: 'static', value }));
  const other = fc.constant({ source: 'property', property: field(`b_${type}`) });
  const today = fc.integer({ min: -3, max: 3 }).map((days) => ({ source: 'today', offset: { days } }));
  const isDate = type === 'date' || type === 'datetime';
  const source: fc.Arbitrary<JsonObject> = isDate ? fc.oneof(typed, other, today) : fc.oneof(typed, other);
  switch (operandsOf(operator)) {
    case 'none':
      return fc.constant({});
    case 'list':
      return fc.constant({ values: [low, high] });
    case 'two':
      return fc.constant({ value: { source: 'static', value: low }, upTo: { source: 'static', value: high } });
    case 'one':
      return source.map((value) => ({ value }));
  }
}

type Node = readonly [string, JsonObject?];
const fieldCheck = fc
  .constantFrom(...FIELD_TYPES.flatMap((type) => OPERATORS_BY_TYPE[type].map((operator) => [type, operator] as const)))
  .chain(([type, operator]) =>
    operands(type, operator).map((more): Node => ['field-check', { property: field(`a_${type}`), operator, ...more }]),
  );
const outcomeCheck = fc
  .constantFrom('Completed', 'NoResponse')
  .map((value): Node => [
    'field-check',
    { property: field('status', 'communication'), operator: 'isEqualTo', value: { source: 'static', value } },
  ]);
const update = fc.constantFrom<Node>(
  set('a_integer', 5),
  set('a_string', ''),
  ['update-field', { assignments: [{ field: field('b_date'), operation: 'set', value: { source: 'today' } }] }],
  ['update-field', { assignments: [{ field: field('a_email'), operation: 'reset' }] }],
);
const base = fc.constantFrom<JsonObject>(
  { source: 'today', offset: { days: 1 } },
  { source: 'property', property: field('a_date'), offset: { days: -2 } },
  { source: 'property', property: field('b_datetime'), offset: { hours: -2 } },
);
const send = base.chain((baseDate) =>
  fc.constantFrom<(name: string) => Node>(
    (name) => whatsApp(name, { baseDate, hours: { mode: 'best' } }),
    (name) => ['telegram-communication', { ...AT_ONCE, communicationName: name, channelId: 'c2', baseDate }],
    (name) => [
      'email-communication',
      { ...AT_ONCE, communicationName: name, channelId: 'c3', baseDate, template: { subject: 'a', body: 'b' } },
    ],
    (name) => [
      'voice-communication',
      {
        ...AT_ONCE,
        communicationName: name,
        channelId: 'c4',
        phoneField: field('a_phone'),
        sipServer: 'sip.example.com',
        schedule: 'exact',
        exactTime: { source: 'today', offset: { hours: 1 } },
      },
    ],
  ),
);
const node = fc.oneof(
  { weight: 4, arbitrary: fieldCheck.map((each) => () => each) },
  { weight: 1, arbitrary: outcomeCheck.map((each) => () => each) },
  { weight: 2, arbitrary: update.map((each) => () => each) },
  { weight: 3, arbitrary: send.map((make) => (index: number) => make(`SENT_${index}`)) },
  { weight: 1, arbitrary: fc.constant((): Node => ['cancel-communications']) },
);

/** A graph without cycles whose every output leads on; the last node is an action. */
const validFlows = fc
  .tuple(fc.array(node, { maxLength: 10 }), fc.array(fc.nat(), { minLength: 40, maxLength: 40 }))
  .map(([made, jumps]): Flow => {
    const nodes = [...made.map((make, index) => make(index)), ['cancel-communications'] as Node];
    const later = (from: number, jump: number) => `n${from + 1 + ((jumps[jump] ?? 0) % (nodes.length - from - 1))}`;
    const edges = nodes
      .slice(0, -1)
      .flatMap(([type], index) =>
        type === 'field-check'
          ? [`n${index}.match > ${later(index, 3 * index)}`, `n${index}.else > ${later(index, 3 * index + 1)}`]
          : [`n${index} > ${later(index, 3 * index)}`, `n${index} > ${later(index, 3 * index + 2)}`],
      );
    const named = Object.fromEntries(nodes.map((each, index) => [`n${index}`, each]));
    return flowOf('f', { created: ['participant-created'], ...named }, 'created > n0', ...new Set(edges));
  });

const participants = fc
  .record(
    Object.fromEntries(
      FIELD_TYPES.flatMap((type) => ['a', 'b'].map((side) => [`${side}_${type}`, fc.constantFrom(...canonical(type))])),
    ),
    { requiredKeys: [] },
  )
  .map((values): ParticipantState => ({ ...ANNA, values: { ...ANNA.values, email: 'a@b.co', ...values } }));
const instants = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

function canonical(type: FieldType): readonly (string | number | boolean)[] {
  if (type === 'integer' || type === 'numeric') return [4, 5];
  if (type === 'boolean') return [true, false];
  if (type === 'datetime') return ['2026-11-21T10:00:00.000Z', '2027-03-28T01:30:00.000Z'];
  return type === 'phone' ? ['491511234567', '43123456789'] : VALUES[type];
}

/** The path that the outputs of a trace lead along, walked anew over the drawn edges (A13). */
function replayed(run: FlowRun, flow: Flow): readonly string[] {
  const executed = run.steps.filter((step) => step.output !== undefined);
  const outputs = new Map(executed.map((step) => [step.nodeId, step.output]));
  const visited = new Set<string>();
  const visit = (id: string): readonly string[] => {
    if (visited.has(id)) return [id];
    visited.add(id);
    const taken = flow.edges.filter((edge) => edge.from === id && edge.output === outputs.get(id));
    return [id, ...taken.flatMap((edge) => visit(edge.to))];
  };
  return visit(run.steps[0]?.nodeId ?? '');
}

describe('random valid flows', () => {
  it('are run as they were drawn: no node fails, every run ends, the same way each time, along the path of its trace', () => {
    fc.assert(
      fc.property(validFlows, participants, instants, fc.constantFrom(...ZONES), (flow, participant, now, zone) => {
        expect(hasErrors(checkFlow(flow, contextOf([flow])))).toBe(false);
        const trigger = { type: 'participant-created', eventId: 'e', now, hop: 0 } as const;
        const input = { flows: compile([flow]), trigger, participant: { ...participant, zone }, workspaceZone: 'UTC' };
        const decision = decideRuns(input);
        expect(decideRuns({ ...input, flows: compile([flow]) })).toEqual(decision);
        const [run] = decision.runs as readonly [FlowRun];
        expect(run.failure).toBeUndefined();
        expect(run.steps.map((step) => step.nodeId)).toEqual(replayed(run, flow));
        for (const { sendAt, windowEnd, skipCode } of run.plans) {
          if (skipCode !== undefined) continue;
          expect(String(sendAt) >= now && String(sendAt) < String(windowEnd)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
