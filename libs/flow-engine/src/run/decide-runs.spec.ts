import { describe, expect, it } from '@jest/globals';
import { ANNA, check, compile, fire, flowOf, NOW, path, set, whatsApp } from '../../test/scenario.js';
import { HOPS_MAX, RUNS_PER_EVENT_MAX } from './bounds.js';
import { decideRuns } from './decide-runs.js';
import type { CommunicationOutcome } from './participant-state.js';

const created = ['participant-created'] as const;
const arrived = ['from-another-flow'] as const;

describe('[W]8, A22, A45: Update Field', () => {
  it('is seen by later nodes of the run', () => {
    const flow = flowOf(
      'f',
      { created, update: set('a_integer', 5), check: check('a_integer', 'isEqualTo', 5), send: whatsApp('A') },
      'created > update',
      'update > check',
      'check.match > send',
    );
    const [run] = fire([flow]).runs;
    expect(path(run)).toEqual(['created out', 'update out', 'check match', 'send out']);
    expect(run?.personal.fieldValues).toEqual({ a_integer: 5 });
  });

  it('set and set back is no change; an empty value resets', () => {
    const flow = flowOf(
      'f',
      { created, one: set('a_string', 'x'), two: set('a_string', 'old'), three: set('name', '') },
      'created > one',
      'one > two',
      'two > three',
    );
    const [run] = fire([flow], {}, { ...ANNA, values: { ...ANNA.values, a_string: 'old' } }).runs;
    expect(run?.fieldChanges).toEqual(['name']);
    expect(run?.personal.fieldValues).toEqual({ name: null });
  });

  it('takes other fields, Today with an offset, and resets', () => {
    const assignments = [
      {
        field: { group: 'participant', name: 'a_date' },
        operation: 'set',
        value: { source: 'today', offset: { days: 3 } },
      },
      {
        field: { group: 'participant', name: 'a_datetime' },
        operation: 'set',
        value: { source: 'today', offset: { hours: -1 } },
      },
      {
        field: { group: 'participant', name: 'b_date' },
        operation: 'set',
        value: { source: 'property', property: { group: 'participant', name: 'a_date' } },
      },
      { field: { group: 'participant', name: 'a_string' }, operation: 'reset' },
    ];
    const flow = flowOf('f', { created, update: ['update-field', { assignments }] }, 'created > update');
    const [run] = fire([flow], {}, { ...ANNA, zone: 'Asia/Kathmandu', values: { a_string: 'x' } }).runs;
    expect(run?.personal.fieldValues).toEqual({
      a_date: '2026-11-24',
      a_datetime: '2026-11-21T11:00:00.000Z',
      b_date: '2026-11-24',
      a_string: null,
    });
  });
});

describe('A12: siblings', () => {
  const first = flowOf(
    'f1',
    { created, update: set('a_integer', 5), send: whatsApp('SAME') },
    'created > update',
    'update > send',
  );
  const second = flowOf(
    'f2',
    { created, check: check('a_integer', 'isSet'), send: whatsApp('SAME') },
    'created > check',
    'check.match > send',
    'check.else > send',
  );

  it('see the field values of the event, but the plans of those before them', () => {
    const { runs } = fire([first, second]);
    expect(path(runs[1])).toEqual(['created out', 'check else', 'send out already_in_progress']);
    expect(runs[0]?.plans).toHaveLength(1);
    expect(runs[1]?.plans).toHaveLength(0);
  });

  it('the later flow wins on the same field, even when it sets what stood at the event', () => {
    const back = flowOf('f2', { created, update: set('a_integer', 1) }, 'created > update');
    const { runs } = fire([first, back], {}, { ...ANNA, values: { a_integer: 1 } });
    expect(runs.map((run) => run.personal.fieldValues)).toEqual([{ a_integer: 5 }, { a_integer: 1 }]);
  });

  it('A20: the cancel of a sibling is seen too', () => {
    const cancel = flowOf(
      'f2',
      { created, cancel: ['cancel-communications'], send: whatsApp('SAME') },
      'created > cancel',
      'cancel > send',
    );
    const { runs } = fire([first, cancel]);
    expect(runs[1]?.cancels).toEqual([{ nodeId: 'cancel', communicationIds: ['e1/f1/send'] }]);
    expect(runs[1]?.plans).toHaveLength(1);
  });
});

describe('A13: fan-out', () => {
  it('is walked depth first in the order drawn, each node once', () => {
    const flow = flowOf(
      'f',
      {
        created,
        a: set('a_integer', 1),
        b: set('a_integer', 2),
        c: set('b_integer', 3),
        end: ['cancel-communications'],
      },
      'created > a',
      'created > b',
      'a > c',
      'c > end',
      'b > end',
    );
    expect(path(fire([flow]).runs[0])).toEqual([
      'created out',
      'a out',
      'c out',
      'end out',
      'b out',
      'end already_visited',
    ]);
  });
});

describe('A14: To Another Flow', () => {
  const target = flowOf(
    'f2',
    { arrived, check: check('a_integer', 'isEqualTo', 5), send: whatsApp('B') },
    'arrived > check',
    'check.match > send',
  );
  const source = flowOf(
    'f1',
    { created, update: set('a_integer', 5), move: ['to-another-flow', { flowId: 'f2' }], send: whatsApp('A') },
    'created > update',
    'update > move',
    'move > send',
  );

  it('the run goes on, the target starts after it, sees its effects and counts one hop more', () => {
    const { runs } = fire([source, target]);
    expect(path(runs[0])).toEqual(['created out', 'update out', 'move out', 'send out']);
    expect(path(runs[1])).toEqual(['arrived out', 'check match', 'send out']);
    expect(runs[1]).toMatchObject({
      id: 'e1/f1/move/f2',
      hop: 1,
      trigger: 'from-another-flow',
      cause: { kind: 'flow', runId: 'e1/f1', nodeId: 'move' },
    });
  });

  it('an inactive target is a trace entry and nothing else', () => {
    const { runs, cuts } = fire([source]);
    expect(path(runs[0])).toContain('move out target_flow_inactive');
    expect(runs).toHaveLength(1);
    expect(cuts).toEqual([]);
  });

  it('an inactive target that a dry run takes as active is entered, and the trace says so', () => {
    const { runs } = fire([source, target], {}, ANNA, new Set(['f2']));
    expect(path(runs[0])).toContain('move out taken_as_active');
    expect(runs.map(({ flowId }) => flowId)).toEqual(['f1', 'f2']);
  });

  it('inherits the communication that fired the first trigger', () => {
    const ended = flowOf(
      'f1',
      { ended: ['communication-ended'], move: ['to-another-flow', { flowId: 'f2' }] },
      'ended > move',
    );
    const asks = flowOf(
      'f2',
      { arrived, check: check('name', 'isEqualTo', 'A', 'communication'), send: whatsApp('B') },
      'arrived > check',
      'check.match > send',
    );
    const communication: CommunicationOutcome = {
      id: 'x',
      name: 'A',
      channel: 'whatsapp',
      status: 'NoResponse',
      replied: false,
    };
    expect(path(fire([ended, asks], { type: 'communication-ended', communication }).runs[1])).toContain('check match');
  });
});

describe('A11, A93: chains of causes', () => {
  const flow = flowOf('f', { created, cancel: ['cancel-communications'] }, 'created > cancel');

  it(`hop ${HOPS_MAX} happens, the next is cut`, () => {
    expect(fire([flow], { hop: HOPS_MAX }).runs).toHaveLength(1);
    const { runs, cuts } = fire([flow], { hop: HOPS_MAX + 1 });
    expect(runs).toEqual([]);
    expect(cuts).toEqual([
      {
        code: 'chain_too_long',
        flowId: 'f',
        trigger: 'participant-created',
        cause: { kind: 'event', eventId: 'e1' },
        hop: HOPS_MAX + 1,
      },
    ]);
  });

  it('flows that send each other round in a loop end, by depth', () => {
    const ring = (id: string, next: string) =>
      flowOf(id, { created, arrived, move: ['to-another-flow', { flowId: next }] }, 'created > move', 'arrived > move');
    const { runs, cuts } = fire([ring('f1', 'f2'), ring('f2', 'f1')]);
    expect(runs.filter((run) => run.id.startsWith('e1/f1'))).toHaveLength(HOPS_MAX + 1);
    expect(cuts.map((cut) => cut.code)).toEqual(['chain_too_long', 'chain_too_long']);
  });

  it('and by breadth: 200 runs of one event', () => {
    const moves = {
      created,
      arrived,
      a: ['to-another-flow', { flowId: 'f' }],
      b: ['to-another-flow', { flowId: 'f' }],
    } as const;
    const bush = flowOf('f', moves, 'created > a', 'created > b', 'arrived > a', 'arrived > b');
    const { runs, cuts } = fire([bush]);
    expect(runs).toHaveLength(RUNS_PER_EVENT_MAX);
    expect(cuts.some((cut) => cut.code === 'too_many_runs')).toBe(true);
    const later = decideRuns({
      flows: compile([flow]),
      trigger: { type: 'participant-created', eventId: 'e', now: NOW, hop: 1 },
      participant: ANNA,
      workspaceZone: 'UTC',
      runsBefore: RUNS_PER_EVENT_MAX,
    });
    expect(later.cuts.map((cut) => cut.code)).toEqual(['too_many_runs']);
  });
});

describe('A15: an action that fails', () => {
  it('keeps what came before and takes nothing of itself; all assignments of a node or none', () => {
    const assignments = [
      { field: { group: 'participant', name: 'a_integer' }, operation: 'set', value: { source: 'static', value: 7 } },
      {
        field: { group: 'customer', name: 'email' },
        operation: 'set',
        value: { source: 'property', property: { group: 'customer', name: 'name' } },
      },
    ];
    const flow = flowOf(
      'f',
      { created, one: set('b_integer', 1), bad: ['update-field', { assignments }], send: whatsApp('A') },
      'created > one',
      'one > bad',
      'bad > send',
    );
    const [run] = fire([flow]).runs;
    expect(run?.failure).toEqual({ nodeId: 'bad', code: 'invalid_value', detail: 'invalid_email' });
    expect(path(run)).toEqual(['created out', 'one out', 'bad invalid_value']);
    expect(run?.personal.fieldValues).toEqual({ b_integer: 1 });
    expect(run?.plans).toEqual([]);
  });

  it('a node of a draft that is not ready fails the run that reaches it', () => {
    const flow = flowOf('f', { created, send: ['whatsapp-communication'] }, 'created > send');
    expect(fire([flow]).runs[0]?.failure).toEqual({ nodeId: 'send', code: 'node_not_ready' });
  });
});

describe('[W]6, A4, A65, A71: Communication Results', () => {
  const flow = flowOf(
    'f',
    {
      ended: ['communication-ended'],
      created,
      check: check('score', 'isGreaterThan', 3, 'communication'),
      cancel: ['cancel-communications'],
    },
    'ended > check',
    'created > check',
    'check.match > cancel',
    'check.else > cancel',
  );
  const outcome = (changes: Partial<CommunicationOutcome>): CommunicationOutcome => ({
    id: 'x',
    name: 'A',
    channel: 'whatsapp',
    status: 'Completed',
    replied: true,
    results: { score: '5' },
    ...changes,
  });
  const ended = (communication: CommunicationOutcome) =>
    path(fire([flow], { type: 'communication-ended', communication }).runs[0])[1];

  it('a declared result is coerced to its type', () => expect(ended(outcome({}))).toBe('check match'));
  it('one that does not fit is not set, and noted', () =>
    expect(ended(outcome({ results: { score: 'high' } }))).toBe('check else invalid_result'));
  it('an inherited name is no result', () => expect(ended(outcome({ results: {} }))).toBe('check else'));
  it.each(['Skipped', 'Canceled'] as const)('%s: results are not set', (status) =>
    expect(ended(outcome({ status }))).toBe('check else'),
  );
  it('without a communication of its own the trigger takes the last ended one', () => {
    expect(path(fire([flow], {}, { ...ANNA, lastEnded: outcome({}) }).runs[0])[1]).toBe('check match');
    expect(path(fire([flow], {}).runs[0])[1]).toBe('check else');
  });
});

describe('what a run is', () => {
  it('is plain JSON, with personal values apart and cut at 256 characters', () => {
    const flow = flowOf(
      'f',
      {
        created,
        check: check('a_string', 'isEqualTo', 'secret'),
        send: whatsApp('A', { customerContext: [{ property: { group: 'participant', name: 'a_string' } }] }),
      },
      'created > check',
      'check.else > send',
    );
    const long = `secret-${'😀'.repeat(300)}`;
    const [run] = fire([flow], {}, { ...ANNA, values: { ...ANNA.values, a_string: long } }).runs;
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
    expect(JSON.stringify({ ...run, personal: undefined })).not.toContain('secret');
    const left = String(run?.personal.compared['1']?.left);
    expect(left.length).toBeLessThanOrEqual(256);
    expect(left).toMatch(/😀…$/u);
    expect(run?.personal.communications['e1/f/send']).toMatchObject({
      address: '491511234567',
      customerContext: { a_string: long },
    });
  });

  it('fires only the flows that have the trigger, in list order', () => {
    const one = flowOf(
      'f1',
      { updated: ['participant-updated'], cancel: ['cancel-communications'] },
      'updated > cancel',
    );
    const two = flowOf('f2', { created, cancel: ['cancel-communications'] }, 'created > cancel');
    expect(fire([one, two]).runs.map((run) => run.flowId)).toEqual(['f2']);
  });

  it('an unknown zone or instant is a bug of the caller, and loud', () => {
    const flows = compile([flowOf('f', { created })]);
    const input = {
      flows,
      trigger: { type: 'participant-created', eventId: 'e', now: 'soon', hop: 0 },
      participant: ANNA,
      workspaceZone: 'UTC',
    } as const;
    expect(() => decideRuns(input)).toThrow(RangeError);
    expect(() => decideRuns({ ...input, trigger: { ...input.trigger, now: NOW }, workspaceZone: 'Nowhere' })).toThrow(
      RangeError,
    );
  });
});
