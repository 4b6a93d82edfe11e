import { describe, expect, it } from '@jest/globals';
import {
  FIELD_TYPES,
  OPERATORS_BY_TYPE,
  operandsOf,
  type CampaignContext,
  type FieldType,
  type FieldValue,
  type Operator,
} from '@poinciana/campaign-definition';
import { ANNA, CONTEXT, NOW, fire, flowOf } from '../../test/scenario.js';
import { compileFlow } from '../compile/compile-flow.js';
import { decideRuns } from '../run/decide-runs.js';

const VALUE: Readonly<Record<FieldType, FieldValue>> = {
  string: 'x',
  integer: 5,
  numeric: 0.5,
  boolean: false,
  date: '2026-11-21',
  datetime: '2026-11-21T10:00:00.000Z',
  enumeration: 'red',
  email: 'a@b.co',
  phone: '491511234567',
};
const EVERY = FIELD_TYPES.flatMap((type) => OPERATORS_BY_TYPE[type].map((operator) => [type, operator] as const));
const other = (name: string) => ({ source: 'property', property: { group: 'participant', name } });

/** Compares a_<type> with b_<type>, and with a list of one where the operator wants a list. */
function branch(type: FieldType, operator: Operator, values: Readonly<Record<string, FieldValue>>): string | undefined {
  const property = { group: 'participant', name: `a_${type}` };
  const right = other(`b_${type}`);
  const operands = {
    none: {},
    one: { value: right },
    two: { value: right, upTo: right },
    list: { values: [VALUE[type]] },
  }[operandsOf(operator)];
  const flow = flowOf(
    'f',
    { created: ['participant-created'], check: ['field-check', { property, operator, ...operands }] },
    'created > check',
  );
  return fire([flow], {}, { ...ANNA, values }).runs[0]?.steps[1]?.output;
}

describe('[W]7, A25: a missing value, for every operator of every type', () => {
  it.each(EVERY)('%s %s', (type, operator) => {
    const left = { [`a_${type}`]: VALUE[type] };
    const right = { [`b_${type}`]: VALUE[type] };
    const isMatch = operator === 'isNotSet' || operator === 'isNotEqualTo';
    expect(branch(type, operator, right)).toBe(isMatch ? 'match' : 'else');
    expect(branch(type, operator, {})).toBe(isMatch ? 'match' : 'else');
    const needsRight = operandsOf(operator) === 'one' || operandsOf(operator) === 'two';
    if (needsRight) expect(branch(type, operator, left)).toBe(operator === 'isNotEqualTo' ? 'match' : 'else');
    else expect(branch(type, operator, left)).toBe(operator === 'isNotSet' ? 'else' : 'match');
  });

  it.each(EVERY)('%s %s with both sides the same', (type, operator) => {
    const same = { [`a_${type}`]: VALUE[type], [`b_${type}`]: VALUE[type] };
    const isElse = ['isNotSet', 'isNotEqualTo', 'isLessThan', 'isGreaterThan', 'isBefore', 'isAfter'].includes(
      operator,
    );
    expect(branch(type, operator, same)).toBe(isElse ? 'else' : 'match');
  });
});

describe('[W]7, A71: a result whose declaration was edited while the flow runs is not set, for every operator of every type', () => {
  const declaring = (id: string, type: FieldType) => ({
    id,
    name: id,
    channelIds: [],
    results: [{ name: 'score', type }],
  });
  const communication = {
    id: 'c',
    name: 'A',
    channel: 'whatsapp',
    status: 'Completed',
    replied: true,
  } as const;

  function outputWith(
    agents: CampaignContext['agents'],
    type: FieldType,
    operator: Operator,
    score: unknown = 9,
  ): string | undefined {
    const results = { score };
    const value = { source: 'static', value: VALUE[type] };
    const operands = {
      none: {},
      one: { value },
      two: { value, upTo: value },
      list: { values: [VALUE[type]] },
    }[operandsOf(operator)];
    const settings = { property: { group: 'communication', name: 'score' }, operator, ...operands };
    const flow = flowOf('f', { ended: ['communication-ended'], check: ['field-check', settings] }, 'ended > check');
    const ended = { ...communication, results };
    const trigger = { type: 'communication-ended', eventId: 'e', now: NOW, hop: 0, communication: ended } as const;
    const flows = [compileFlow(flow, { ...CONTEXT, agents })];
    return decideRuns({ flows, trigger, participant: ANNA, workspaceZone: 'UTC' }).runs[0]?.steps[1]?.output;
  }

  it.each(EVERY)('%s %s', (type, operator) => {
    const isMatch = operator === 'isNotSet' || operator === 'isNotEqualTo';
    const differing = type === 'string' ? 'integer' : 'string';
    const conflict = [declaring('a1', type), declaring('a2', differing)];
    expect(outputWith([], type, operator)).toBe(isMatch ? 'match' : 'else');
    expect(outputWith(conflict, type, operator)).toBe(isMatch ? 'match' : 'else');
  });

  it.each(EVERY)('%s %s, and one that has another type by now', (type, operator) => {
    const missing = operator === 'isNotEqualTo' ? 'match' : 'else';
    for (const now of FIELD_TYPES.filter((each) => each !== type)) {
      const declared = { ...declaring('a1', now), results: [{ name: 'score', type: now, enumerationValues: ['x'] }] };
      const output = outputWith([declared], type, operator, VALUE[now]);
      expect(['match', 'else']).toContain(output);
      if (operandsOf(operator) !== 'none' && !OPERATORS_BY_TYPE[now].includes(operator)) expect(output).toBe(missing);
    }
  });
});
