import type { Decider } from '../src/decider.js';
import { DomainError } from '../src/errors.js';
import type { EventContext, EventOf } from '../src/event.js';

/** A small decider for the specs: an account that is opened, filled, and never overdrawn. */
export type AccountEvent =
  | EventOf<'AccountOpened', { readonly balance: number }, { readonly owner: string }>
  | EventOf<'MoneyPaidIn', { readonly amount: number; readonly balance: number }>
  | EventOf<'MoneyPaidOut', { readonly amount: number; readonly balance: number }>;

export type AccountCommand =
  | { readonly type: 'OpenAccount'; readonly owner: string }
  | { readonly type: 'PayIn' | 'PayOut'; readonly amount: number }
  | { readonly type: 'PayInTwice'; readonly amount: number };

export interface Account {
  readonly open: boolean;
  readonly balance: number;
}

export const account: Decider<AccountCommand, Account, AccountEvent> = {
  initialState: { open: false, balance: 0 },
  decide: (command, { open, balance }) => {
    if (command.type === 'OpenAccount')
      return open ? [] : [{ type: 'AccountOpened', data: { balance: 0 }, personal: { owner: command.owner } }];
    if (!open) throw new DomainError('accountNotFound', 'There is no such account', 'notFound');
    const { amount } = command;
    if (command.type === 'PayIn') return [{ type: 'MoneyPaidIn', data: { amount, balance: balance + amount } }];
    if (command.type === 'PayOut') {
      if (balance < amount) throw new DomainError('accountOverdrawn', 'There is not enough money', 'conflict');
      return [{ type: 'MoneyPaidOut', data: { amount, balance: balance - amount } }];
    }
    return [amount, 2 * amount].map((added) => ({ type: 'MoneyPaidIn', data: { amount, balance: balance + added } }));
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'AccountOpened':
      case 'MoneyPaidIn':
      case 'MoneyPaidOut':
        return { open: true, balance: event.data.balance };
      default:
        return state;
    }
  },
};

export const opened: AccountEvent = { type: 'AccountOpened', data: { balance: 0 }, personal: { owner: 'Anna' } };
export const paidIn = (amount: number, balance: number): AccountEvent => ({
  type: 'MoneyPaidIn',
  data: { amount, balance },
});

const anyId = '7a0c2f50-3a1e-4c5b-9d53-0c6f5d2b1a11';

export const context: EventContext = {
  workspace: anyId,
  key: anyId,
  time: '2025-03-09T07:05:00.120Z',
  causation: anyId,
  correlation: anyId,
  actor: 'user:anna',
  hop: 0,
};
