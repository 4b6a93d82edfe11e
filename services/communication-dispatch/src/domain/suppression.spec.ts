import { describe, expect, it } from '@jest/globals';
import { fold } from '@poinciana/event-sourcing';
import { suppression, type SuppressionCommand, type SuppressionEvent } from './suppression.js';

const ABOUT = { customerId: 'ada', channelId: 'one' };
const SUPPRESS: SuppressionCommand = { type: 'SuppressCustomer', ...ABOUT, why: 'unsubscribed' };
const LIFT: SuppressionCommand = { type: 'LiftSuppression', ...ABOUT };

describe('suppression', () => {
  it('stands until it is lifted; doing either twice changes nothing', () => {
    const events = [LIFT, SUPPRESS, SUPPRESS, LIFT, LIFT, SUPPRESS].reduce<readonly SuppressionEvent[]>(
      (before, command) => [...before, ...suppression.decide(command, fold(suppression, before))],
      [],
    );
    expect(events.map(({ type }) => type)).toEqual(['CustomerSuppressed', 'SuppressionLifted', 'CustomerSuppressed']);
    expect(fold(suppression, events)).toEqual({ isSuppressed: true });
  });
});
