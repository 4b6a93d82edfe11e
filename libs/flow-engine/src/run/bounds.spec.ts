import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@poinciana/campaign-definition';
import { ANNA, check, fire, flowOf, path, whatsApp } from '../../test/scenario.js';
import type { FlowRun } from './flow-run.js';
import { RUN_BYTES_MAX, VALUES_BYTES_MAX } from './bounds.js';

const created = ['participant-created'] as const;
/** The longest value there may be (A38). */
const LONGEST = 32_767;
const A_STRING = { group: 'participant', name: 'a_string' };

/** Update Field: `name` becomes what `a_string` is. */
function copyTo(name: string): readonly [string, JsonObject] {
  const value = { source: 'property', property: A_STRING };
  return ['update-field', { assignments: [{ field: { group: 'participant', name }, operation: 'set', value }] }];
}

/** As JSON, six bytes each. */
const dear = (characters: number) => '\u0001'.repeat(characters);

describe('what one run may hold about a person', () => {
  /** What stands beside the values: names, their beginnings in the trace, and the numbers of the steps. */
  const BESIDE = 2_048;
  const personalBytes = (run: FlowRun | undefined) => Buffer.byteLength(JSON.stringify(run?.personal));

  it.each([
    ['x', 1],
    ['漢', 3],
  ])(
    `is ${RUN_BYTES_MAX} bytes: an Update Field of %j beyond it fails, what came before stays (A15)`,
    (text, bytes) => {
      const values = { ...ANNA.values, a_string: text.repeat(LONGEST) };
      const fitting = Math.floor(RUN_BYTES_MAX / (LONGEST * bytes + BESIDE));
      const updates = Array.from({ length: fitting + 1 }, (_, index) => [`u${index}`, copyTo('b_string')] as const);
      const edges = updates.map(([id], index) => `${updates[index - 1]?.[0] ?? 'created'} > ${id}`);
      const flow = flowOf('f', { created, ...Object.fromEntries(updates) }, ...edges);
      const [run] = fire([flow], {}, { ...ANNA, values }).runs;
      expect(run?.failure).toEqual({ nodeId: `u${fitting}`, code: 'run_too_large' });
      expect(run?.personal.fieldValues).toEqual({ b_string: values.a_string });
      expect(personalBytes(run)).toBeLessThan(RUN_BYTES_MAX + BESIDE);
    },
  );

  it('a communication beyond it fails and is not planned, one within it is', () => {
    const values = { ...ANNA.values, a_string: dear(LONGEST) };
    const customerContext = [{ property: A_STRING }];
    const sends = [0, 1].map((index) => [`s${index}`, whatsApp(`S${index}`, { customerContext })] as const);
    const flow = flowOf('f', { created, ...Object.fromEntries(sends) }, 'created > s0', 's0 > s1');
    const [run] = fire([flow], {}, { ...ANNA, values }).runs;
    expect(path(run).at(-1)).toBe('s1 run_too_large');
    expect(run?.plans.map(({ name }) => name)).toEqual(['S0']);
    expect(Object.keys(run?.personal.communications ?? {})).toHaveLength(1);
  });

  it('a condition whose trace goes beyond it fails', () => {
    const values = { ...ANNA.values, a_string: dear(LONGEST) };
    const checks = Array.from({ length: 190 }, (_, index) => [`k${index}`, check('a_string', 'isSet')] as const);
    const edges = checks.map(([id], index) => `${index === 0 ? 's' : `k${index - 1}.match`} > ${id}`);
    const send = whatsApp('S', { customerContext: [{ property: A_STRING }] });
    const flow = flowOf('f', { created, s: send, ...Object.fromEntries(checks) }, 'created > s', ...edges);
    const [run] = fire([flow], {}, { ...ANNA, values }).runs;
    expect(path(run).at(-1)).toMatch(/^k\d+ run_too_large$/);
    expect(personalBytes(run)).toBeGreaterThan(RUN_BYTES_MAX - BESIDE);
    expect(personalBytes(run)).toBeLessThan(RUN_BYTES_MAX + BESIDE);
  });
});

describe('the values of one participant', () => {
  const flow = flowOf('f', { created, copy: copyTo('b_string') }, 'created > copy');

  it(`are ${VALUES_BYTES_MAX} bytes at most: an Update Field beyond it fails and changes nothing (A38)`, () => {
    const values = { a_string: dear(LONGEST), b_string: 'before' };
    const [run] = fire([flow], {}, { ...ANNA, values }).runs;
    expect(run?.failure).toEqual({ nodeId: 'copy', code: 'participant_too_large' });
    expect(run?.personal.fieldValues).toEqual({});
  });

  it('may be as many, to the byte', () => {
    const bytes = (characters: number, rest: string) =>
      Buffer.byteLength(JSON.stringify({ a_string: dear(characters) + rest, b_string: dear(characters) + rest }));
    const characters = Math.floor((VALUES_BYTES_MAX - bytes(0, '')) / 12);
    const rest = 'x'.repeat(Math.floor((VALUES_BYTES_MAX - bytes(characters, '')) / 2));
    const failureOf = (a_string: string) => fire([flow], {}, { ...ANNA, values: { a_string } }).runs[0]?.failure?.code;
    expect(VALUES_BYTES_MAX - bytes(characters, rest)).toBeLessThan(2);
    expect(failureOf(dear(characters) + rest)).toBeUndefined();
    expect(failureOf(`${dear(characters)}${rest}x`)).toBe('participant_too_large');
  });
});
