import { describe, expect, it } from '@jest/globals';
import { countedIds } from '../../test/fixtures.js';
import { ownersToAsk, resolveIdentities } from './resolve-identities.js';

const resolve = (
  items: readonly (readonly string[])[],
  owners: Record<string, string> = {},
  named: readonly string[] = [],
) => {
  const known = { owners: new Map(Object.entries(owners)), withExternalId: new Set(named) };
  const { customerIds, warnings, claims, newcomers } = resolveIdentities(items, known, countedIds('new'));
  const names = new Map([...newcomers].map((id, at) => [id, `new ${at + 1}`]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return {
    customers: customerIds.map(nameOf),
    warned: warnings.map((list) => list.map(({ field }) => field)),
    claims: claims.map(({ key, customerId }) => `${key} ${nameOf(customerId)}`),
  };
};

describe('whom an item is about (A3)', () => {
  it('is whoever has the first key that is known', () => {
    expect(resolve([['e:a', 'p:1']], { 'p:1': 'Ann' })).toEqual({
      customers: ['Ann'],
      warned: [[]],
      claims: ['e:a Ann'],
    });
    expect(resolve([['e:a', 'p:1']], { 'e:a': 'Ann', 'p:1': 'Bob' })).toEqual({
      customers: ['Ann'],
      warned: [['phone']],
      claims: [],
    });
  });

  it('is the one with the external_id, whosever the other keys are', () => {
    const answer = resolve([['x:1', 'e:a', 'p:1']], { 'x:1': 'Ann', 'e:a': 'Bob' }, ['Ann', 'Bob']);
    expect(answer).toEqual({ customers: ['Ann'], warned: [['email']], claims: ['p:1 Ann'] });
  });

  it('takes an unknown external_id to the profile found by another key, if that has none', () => {
    expect(resolve([['x:1', 'e:a']], { 'e:a': 'Ann' })).toMatchObject({ customers: ['Ann'], claims: ['x:1 Ann'] });
    const other = resolve([['x:1', 'e:a', 'p:1']], { 'e:a': 'Ann', 'p:1': 'Bob' }, ['Ann']);
    expect(other).toEqual({ customers: ['new 1'], warned: [['email', 'phone']], claims: ['x:1 new 1'] });
  });

  it('sees what the items before it claimed', () => {
    const answer = resolve([['e:a'], ['x:1', 'e:a'], ['x:2', 'e:a'], ['x:2', 'p:1'], ['p:1']]);
    expect(answer.customers).toEqual(['new 1', 'new 1', 'new 2', 'new 2', 'new 2']);
    expect(answer.warned).toEqual([[], [], ['email'], [], []]);
    expect(answer.claims).toEqual(['e:a new 1', 'x:1 new 1', 'x:2 new 2', 'p:1 new 2']);
  });

  it('needs to know of an external_id only where it decides', () => {
    const owners = new Map([
      ['e:a', 'Ann'],
      ['x:9', 'Zoe'],
      ['p:1', 'Bob'],
    ]);
    expect(ownersToAsk([['x:1', 'e:a'], ['x:9', 'p:1'], ['e:a']], owners)).toEqual(['Ann']);
  });
});
