import { describe, expect, it } from '@jest/globals';
import type { FieldValue, JsonObject } from '@poinciana/campaign-definition';
import { ANNA, AT_ONCE, compile, contextOf, flowOf, NOW, path, whatsApp } from '../../test/scenario.js';
import { explainRun } from '../explain/explain-run.js';
import { decideRuns, type RunsDecision, type RunsInput } from '../run/decide-runs.js';
import { decideInRounds } from './answer-in-rounds.js';
import type { PythonAnswer, PythonQuestion } from './question.js';

const created = ['participant-created'] as const;
const expression = (code: string) => ({ source: 'python', expression: code });
const field = (name: string) => ({ group: 'participant', name });

/** Stands for Python: what each piece of code gives, as JSON, for what it sees. */
type Program = Readonly<Record<string, (question: PythonQuestion) => PythonAnswer>>;
const gives =
  (value: unknown): ((question: PythonQuestion) => PythonAnswer) =>
  () => ({ outcome: 'value', value });
const raises = (): PythonAnswer => ({ outcome: 'error', code: 'python_error', traceback: 'Traceback: NameError: x' });

function decideAll(inputs: readonly RunsInput[], program: Program) {
  const rounds = decideInRounds(inputs, (input, answers) => decideRuns({ ...input, answers }));
  const asked: string[][] = [];
  let round = rounds.next();
  while (round.done !== true) {
    asked.push(round.value.map((question) => `${question.nodeId}: ${question.code}`));
    const answers = round.value.flatMap((question) => {
      const answer = program[question.code]?.(question);
      return answer === undefined ? [] : [[question.id, answer] as const];
    });
    round = rounds.next(new Map(answers));
  }
  return { decisions: round.value, asked };
}

function inputOf(flow: ReturnType<typeof flowOf>, values: Readonly<Record<string, FieldValue>> = {}): RunsInput {
  return {
    flows: compile([flow]),
    trigger: { type: 'participant-created', eventId: 'e1', now: NOW, hop: 0 },
    participant: { ...ANNA, zone: 'Asia/Kathmandu', values: { ...ANNA.values, ...values } },
    workspaceZone: 'UTC',
  };
}

function decideOne(
  nodes: Parameters<typeof flowOf>[1],
  edges: readonly string[],
  program: Program,
  values: Readonly<Record<string, FieldValue>> = {},
) {
  const { decisions, asked } = decideAll([inputOf(flowOf('f', { created, ...nodes }, ...edges), values)], program);
  return { run: (decisions[0] as RunsDecision).runs[0], asked };
}

describe('A25, A77: a Python expression as the value of a Field Check', () => {
  const branch = (type: string, left: FieldValue, operator: string, answer: (q: PythonQuestion) => PythonAnswer) => {
    const settings = { property: field(`a_${type}`), operator, value: expression('x') };
    const nodes = { check: ['field-check', settings] as const };
    const { run } = decideOne(nodes, ['created > check'], { x: answer }, { [`a_${type}`]: left });
    return path(run)[1];
  };
  it.each<[string, FieldValue, string, unknown, string]>([
    ['integer', 5, 'isLessThan', 5.5, 'check match'],
    ['numeric', 5, 'isEqualTo', 5, 'check match'],
    ['numeric', 1, 'isEqualTo', true, 'check else python_result'],
    ['integer', 5, 'isEqualTo', 'five', 'check else python_result'],
    ['integer', 5, 'isNotEqualTo', 'five', 'check else python_result'],
    ['integer', 5, 'isEqualTo', null, 'check else'],
    ['integer', 5, 'isNotEqualTo', null, 'check match'],
    ['string', 'Zoë', 'isEqualTo', 'Zoe\u0308', 'check match'],
    ['string', 'Anna', 'contains', 'nn', 'check match'],
    ['email', 'A@b.co', 'isEqualTo', 'a@B.co', 'check match'],
    ['email', 'A@b.co', 'endsWith', '@B.CO', 'check match'],
    ['phone', '491511234567', 'startsWith', '+49', 'check match'],
    ['phone', '491511234567', 'startsWith', 'x', 'check else python_result'],
    ['boolean', true, 'isEqualTo', true, 'check match'],
    ['enumeration', 'red', 'isEqualTo', 'blue', 'check else python_result'],
    ['enumeration', 'red', 'inList', ['green', 'red'], 'check match'],
    ['string', 'Anna', 'inList', [], 'check else'],
    ['string', 'Anna', 'inList', 'Anna', 'check else python_result'],
    ['string', 'Anna', 'inList', [['Anna']], 'check else python_result'],
    ['date', '2026-11-22', 'isEqualTo', '2026-11-22', 'check match'],
    ['date', '2026-11-22', 'isEqualTo', '2026-11-21T20:00:00Z', 'check match'],
    ['datetime', '2026-11-21T20:00:00.000Z', 'isEqualTo', '2026-11-22', 'check match'],
    ['datetime', '2026-11-21T20:00:00.000Z', 'isAfter', '2026-11-21T19:59:59Z', 'check match'],
    ['datetime', '2026-11-21T20:00:00.000Z', 'isAfter', 5, 'check else python_result'],
  ])('%s %s %s %j', (type, left, operator, answer, expected) =>
    expect(branch(type, left, operator, gives(answer))).toBe(expected),
  );

  it.each(['isEqualTo', 'isNotEqualTo', 'contains', 'inList'])('an error takes Else, %s too', (operator) =>
    expect(branch('string', 'x', operator, raises)).toBe('check else python_error'),
  );

  it('both bounds of a range are asked in one round', () => {
    const settings = {
      property: field('a_integer'),
      operator: 'isBetween',
      value: expression('a'),
      upTo: expression('b'),
    };
    const { run, asked } = decideOne(
      { check: ['field-check', settings] },
      ['created > check'],
      { a: gives(1), b: gives(5) },
      { a_integer: 5 },
    );
    expect(asked).toEqual([['check: a', 'check: b']]);
    expect(path(run)).toEqual(['created out', 'check match']);
    expect(run?.personal.compared['1']).toEqual({ left: 5, right: 1, upTo: 5 });
  });

  it('a runtime that does not answer is no reason to wait for ever', () => {
    const settings = { property: field('a_integer'), operator: 'isNotEqualTo', value: expression('x') };
    const { run } = decideOne({ check: ['field-check', settings] }, ['created > check'], {}, { a_integer: 1 });
    expect(path(run)).toEqual(['created out', 'check else python_unavailable']);
  });
});

describe('what Python sees (A60, A76)', () => {
  it('fields by level as the nodes before left them, now, today and her zone', () => {
    const seen: PythonQuestion[] = [];
    const nodes = {
      update: [
        'update-field',
        {
          assignments: [
            { field: field('a_integer'), operation: 'set', value: { source: 'static', value: 7 } },
            { field: field('b_integer'), operation: 'set', value: expression('participant.a_integer + 1') },
          ],
        },
      ] as const,
    };
    const program: Program = {
      'participant.a_integer + 1': (question) => {
        seen.push(question);
        return { outcome: 'value', value: Number(question.facts.participant['a_integer']) + 1 };
      },
    };
    const { run } = decideOne(nodes, ['created > update'], program, { a_string: 'x' });
    expect(run?.personal.fieldValues).toEqual({ a_integer: 7, b_integer: 8 });
    expect(seen[0]?.id).toBe('e1/f/update/assignments.1');
    expect(seen[0]?.facts).toMatchObject({
      participant: { a_integer: 7, a_string: 'x' },
      customer: { name: 'Anna' },
      now: NOW,
      today: '2026-11-21',
      zone: 'Asia/Kathmandu',
      types: { a_integer: 'integer', name: 'string' },
    });
    expect(JSON.parse(JSON.stringify(seen[0]))).toEqual(seen[0]);
  });
});

describe('[Y]2, A15: an error in an action stops the run there', () => {
  const later = ['cancel-communications'] as const;
  const assignments = [
    { field: field('a_string'), operation: 'set', value: { source: 'static', value: 'kept?' } },
    { field: field('b_string'), operation: 'set', value: expression('x') },
  ];
  const variables = [
    { variable: 'name', value: expression('x') },
    { variable: 'due_date', value: { source: 'static', value: 'soon' } },
  ];
  const template = { name: 'payment_reminder', language: 'en', variables };
  it.each<[string, readonly [string, JsonObject]]>([
    ['Update Field', ['update-field', { assignments }]],
    ['a variable of a message', whatsApp('A', { template })],
    ['Python Custom Action', ['python-custom-action', { script: 'x' }]],
  ])('%s: nothing of the node takes effect, and the traceback is kept', (_name, node) => {
    const { run } = decideOne({ node, later }, ['created > node', 'node > later'], { x: raises });
    expect(run?.failure).toEqual({ nodeId: 'node', code: 'python_error' });
    expect(path(run)).toEqual(['created out', 'node python_error']);
    expect(run?.personal).toMatchObject({ fieldValues: {}, communications: {} });
    expect(run?.personal.compared['1']?.error).toBe('Traceback: NameError: x');
    expect(JSON.stringify({ ...run, personal: undefined })).not.toContain('NameError');
  });

  it('a value for a variable is text', () => {
    const node = whatsApp('A', { template });
    const { run } = decideOne({ node }, ['created > node'], { x: gives(12.5) });
    expect(run?.personal.communications['e1/f/node']?.templateVariables).toEqual({ name: '12.5', due_date: 'soon' });
  });
});

describe('A78: Python Custom Action', () => {
  const outcome = (answer: PythonAnswer) =>
    decideOne(
      { script: ['python-custom-action', { script: 'x' }] },
      ['created > script'],
      { x: () => answer },
      { a_string: 'old' },
    ).run;

  it('takes over field changes; None resets; logs are kept', () => {
    const run = outcome({ outcome: 'value', value: { a_integer: '5', a_string: null }, log: ['one', 'x'.repeat(300)] });
    expect(run?.personal.fieldValues).toEqual({ a_integer: 5, a_string: null });
    const { log, assigned } = run?.personal.compared['1'] ?? {};
    expect(assigned).toEqual({ a_integer: 5, a_string: null });
    expect([log?.[0], log?.[1]?.length]).toEqual(['one', 256]);
  });

  it('None changes nothing', () => {
    expect(path(outcome({ outcome: 'value', value: null }))).toEqual(['created out', 'script out']);
  });

  it.each<[string, unknown, object]>([
    ['a list', [1], { code: 'python_result' }],
    ['a text', 'x', { code: 'python_result' }],
    ['an unknown field', { a_integer: 1, nothing: 1 }, { code: 'python_result', detail: 'unknown_field' }],
    ['an inherited name', { a_integer: 1, constructor: 1 }, { code: 'python_result', detail: 'unknown_field' }],
    ['an identity key (A72)', { external_id: 'x' }, { code: 'python_result', detail: 'unknown_field' }],
    [
      'a value that does not fit',
      { a_integer: 1, b_integer: 'x' },
      { code: 'invalid_value', detail: 'invalid_integer' },
    ],
    ['a list as value', { a_string: ['x'] }, { code: 'invalid_value', detail: 'invalid_json_type' }],
  ])('%s is an error, and nothing is taken over', (_name, value, failure) => {
    const run = outcome({ outcome: 'value', value });
    expect(run?.failure).toEqual({ nodeId: 'script', ...failure });
    expect(run?.personal.fieldValues).toEqual({});
  });

  it('a long traceback keeps its end', () => {
    const run = outcome({ outcome: 'error', code: 'python_timeout', traceback: `${'😀'.repeat(2_000)}!` });
    const error = run?.personal.compared['1']?.error ?? '';
    expect(error.length).toBeLessThanOrEqual(2_000);
    expect(error).toMatch(/^…😀.*!$/u);
  });

  it('is told in words', () => {
    const flow = flowOf('f', { created, script: ['python-custom-action', { script: 'x' }] }, 'created > script');
    const told = (answer: PythonAnswer) => {
      const [decision] = decideAll([inputOf(flow)], { x: () => answer }).decisions;
      const [run] = decision?.runs ?? [];
      return run && explainRun(run, flow, contextOf([flow]))[1]?.text;
    };
    expect(told({ outcome: 'value', value: { a_integer: 5 } })).toBe('Updated a_integer = 5');
    expect(told({ outcome: 'value', value: null })).toBe('script changed nothing');
    expect(told(raises())).toBe('script failed: The Python code raised an error.');
  });
});

describe('a batch asks in rounds', () => {
  it('each round has the questions of all that go on, and the order of the runs stays', () => {
    const twice = flowOf(
      'twice',
      {
        created,
        one: ['python-custom-action', { script: 'one' }],
        two: ['python-custom-action', { script: 'two' }],
        send: ['telegram-communication', { ...AT_ONCE, communicationName: 'T', channelId: 'c2' }],
      },
      'created > one',
      'one > two',
      'two > send',
    );
    const once = flowOf('once', { created, one: ['python-custom-action', { script: 'one' }] }, 'created > one');
    const never = flowOf('never', { created, cancel: ['cancel-communications'] }, 'created > cancel');
    const inputs = [inputOf(twice), inputOf(never), inputOf(once)];
    const program = { one: gives({ a_integer: 1 }), two: gives({ a_integer: 2 }) };
    const { decisions, asked } = decideAll(inputs, program);
    expect(asked).toEqual([['one: one', 'one: one'], ['two: two']]);
    expect(decisions.map(({ runs }) => [runs[0]?.flowId, runs[0]?.personal.fieldValues])).toEqual([
      ['twice', { a_integer: 2 }],
      ['never', {}],
      ['once', { a_integer: 1 }],
    ]);
  });

  it('a sibling waits for the run before it, whose plans it must see (A12)', () => {
    const ask = flowOf(
      'ask',
      { created, one: ['python-custom-action', { script: 'one' }], send: whatsApp('A') },
      'created > one',
      'one > send',
    );
    const same = flowOf('same', { created, send: whatsApp('A') }, 'created > send');
    const input = { ...inputOf(ask), flows: compile([ask, same]) };
    expect(decideRuns(input)).toMatchObject({ runs: [], cuts: [], questions: [{ nodeId: 'one' }] });
    const [decision] = decideAll([input], { one: gives(null) }).decisions;
    expect(decision?.runs.map((run) => run.plans.length)).toEqual([1, 0]);
  });
});
