import { describe, expect, it } from '@jest/globals';
import { account, type Account, opened, paidIn } from '../../test/account.js';
import type { Decider } from '../decider.js';
import type { EventOf } from '../event.js';
import { given } from './given.js';

type Counted = EventOf<'Counted', { readonly by: number }>;
type Counting = Decider<{ readonly by: number }, { readonly sum: number; readonly list: number[] }, Counted>;

const counting: Counting = {
  initialState: { sum: 0, list: [] },
  decide: ({ by }) => [{ type: 'Counted', data: { by } }],
  evolve: (state, event) =>
    event.type === 'Counted' ? { sum: state.sum + event.data.by, list: [...state.list, event.data.by] } : state,
};

describe('given, when, then', () => {
  it('holds what a decider does', () => {
    expect.hasAssertions();
    given(account)().when({ type: 'OpenAccount', owner: 'Anna' }).then(opened);
    given(account)(opened).when({ type: 'OpenAccount', owner: 'Anna' }).thenNothing();
    given(account)(opened, paidIn(5, 5)).when({ type: 'PayInTwice', amount: 2 }).then(paidIn(2, 7), paidIn(2, 9));
    given(account)(opened).when({ type: 'PayOut', amount: 1 }).thenRefused('accountOverdrawn');
    given(account)(opened, paidIn(5, 5)).thenState({ open: true, balance: 5 });
  });

  it('fails for other events, more of them, fewer, and other refusals', () => {
    const decision = given(account)(opened).when({ type: 'PayIn', amount: 2 });
    expect(() => decision.then(paidIn(3, 3))).toThrow();
    expect(() => decision.then(paidIn(2, 2), paidIn(2, 2))).toThrow();
    expect(() => decision.thenNothing()).toThrow();
    expect(() => decision.thenRefused('accountOverdrawn')).toThrow();
    const refused = given(account)(opened).when({ type: 'PayOut', amount: 2 });
    expect(() => refused.thenNothing()).toThrow();
    expect(() => refused.thenRefused('accountNotFound')).toThrow();
    expect(() => given(account)(opened).thenState({ open: true, balance: 1 })).toThrow();
  });

  it('lets a bug in a decider through', () => {
    const broken: typeof account = {
      ...account,
      decide: () => {
        throw new TypeError('a bug');
      },
    };
    expect(() => given(broken)().when({ type: 'PayIn', amount: 1 })).toThrow(TypeError);
  });

  it('catches a decide that answers differently the second time', () => {
    let calls = 0;
    const moody: Counting = { ...counting, decide: () => [{ type: 'Counted', data: { by: (calls += 1) } }] };
    expect(() => given(moody)().when({ by: 1 })).toThrow();
  });

  it('catches a decide and an evolve that change the state', () => {
    const deciding: Counting = {
      ...counting,
      decide: ({ by }, state) => {
        state.list.push(by);
        return [];
      },
    };
    const evolving: Counting = {
      ...counting,
      evolve: (state) => {
        state.list.push(1);
        return state;
      },
    };
    expect(() => given(deciding)().when({ by: 1 })).toThrow(TypeError);
    expect(() => given(evolving)({ type: 'Counted', data: { by: 1 } })).toThrow(TypeError);
  });

  it('catches a state that is not JSON, and an unknown event that does something', () => {
    const mapping: Decider<object, { readonly seen: ReadonlySet<string> }, Counted> = {
      initialState: { seen: new Set(['one']) },
      decide: () => [],
      evolve: (state) => state,
    };
    const careless: Decider<object, Account, Counted> = {
      initialState: { open: false, balance: 0 },
      decide: () => [],
      evolve: (state) => ({ ...state, balance: state.balance + 1 }),
    };
    expect(() => given(mapping)()).toThrow();
    expect(() => given(careless)()).toThrow();
  });
});
