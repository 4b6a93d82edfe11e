import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@poinciana/campaign-definition';
import { ANNA, fire, flowOf, path, whatsApp } from '../../test/scenario.js';
import { RUN_CHARACTERS_MAX, VALUES_BYTES_MAX } from './bounds.js';

const created = ['participant-created'] as const;
/** The longest value there may be (A38). */
const LONGEST = 32_767;
const A_STRING = { group: 'participant', name: 'a_string' };

/** Update Field: `name` becomes what `a_string` is. */
function copyTo(name: string): readonly [string, JsonObject] {
  const value = { source: 'property', property: A_STRING };
  return ['update-field', { assignments: [{ field: { group: 'participant', name }, operation: 'set', value }] }];
}

describe('what one run may hold about a person', () => {
  const fitting = Math.floor(RUN_CHARACTERS_MAX / LONGEST);
  const values = { ...ANNA.values, a_string: 'x'.repeat(LONGEST) };

  it(`is ${RUN_CHARACTERS_MAX} characters: an Update Field beyond it fails, what came before stays (A15)`, () => {
    const updates = Array.from({ length: fitting + 1 }, (_, index) => [`u${index}`, copyTo('b_string')] as const);
    const edges = updates.map(([id], index) => `${updates[index - 1]?.[0] ?? 'created'} > ${id}`);
    const flow = flowOf('f', { created, ...Object.fromEntries(updates) }, ...edges);
    const [run] = fire([flow], {}, { ...ANNA, values }).runs;
    expect(run?.failure).toEqual({ nodeId: `u${fitting}`, code: 'run_too_large' });
    expect(run?.personal.fieldValues).toEqual({ b_string: values.a_string });
  });

  it('a communication beyond it fails and is not planned, one within it is', () => {
    const customerContext = [{ property: A_STRING }];
    const sends = Array.from(
      { length: fitting + 1 },
      (_, index) => [`s${index}`, whatsApp(`S${index}`, { customerContext })] as const,
    );
    const edges = sends.map(([id], index) => `${sends[index - 1]?.[0] ?? 'created'} > ${id}`);
    const flow = flowOf('f', { created, ...Object.fromEntries(sends) }, ...edges);
    const [run] = fire([flow], {}, { ...ANNA, values }).runs;
    expect(path(run).at(-1)).toBe(`s${fitting} run_too_large`);
    expect(run?.plans.map(({ name }) => name)).toEqual(sends.slice(0, fitting).map((_, index) => `S${index}`));
  });
});

describe('the values of one participant', () => {
  // As JSON, six bytes each.
  const dear = (characters: number) => '\u0001'.repeat(characters);
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
