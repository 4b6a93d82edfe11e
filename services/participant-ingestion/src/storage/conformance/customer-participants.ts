import { describe, expect, it } from '@jest/globals';
import type { CustomerParticipants } from '../customer-participants.js';
import { allParticipantsOf } from '../customer-participants.js';

/** What every store of customers' participants holds. */
export function describeCustomerParticipants(make: () => Promise<CustomerParticipants>, newId: () => string): void {
  const participantOf = (customerId: string) => ({
    customerId,
    participantId: newId(),
    campaignId: newId(),
    objectId: 'loan_1',
  });

  describe('participants of customers', () => {
    it('are noted once, and told for several customers at a time in their workspace', async () => {
      const participants = await make();
      const [workspace, other, ada, bo] = [newId(), newId(), newId(), newId()];
      const first = participantOf(ada);
      const noted = [first, participantOf(ada), participantOf(bo)];
      await participants.note(workspace, noted);
      await participants.note(workspace, [{ ...first, objectId: 'another' }]);
      await participants.note(other, [participantOf(ada)]);
      const order = (one: { participantId: string }, two: { participantId: string }) =>
        one.participantId < two.participantId ? -1 : 1;
      const told = await participants.of(workspace, [ada, bo]);
      expect([...told].sort(order)).toEqual([...noted].sort(order));
      expect(await participants.of(workspace, [newId()])).toEqual([]);
      const place = told[0];
      expect(await participants.of(workspace, [ada, bo], place)).toEqual(told.slice(1));
      const pages = [];
      for await (const page of allParticipantsOf(participants, workspace, [ada])) pages.push(...page);
      expect(pages.map(({ customerId }) => customerId)).toEqual([ada, ada]);
    });

    it('list their customers each once, page by page, and are forgotten with one', async () => {
      const participants = await make();
      const workspace = newId();
      const ids = [newId(), newId(), newId()].sort();
      for (const id of ids) await participants.note(workspace, [participantOf(id), participantOf(id)]);
      expect(await participants.customers(workspace, 10)).toEqual(ids);
      expect(await participants.customers(workspace, 2)).toEqual(ids.slice(0, 2));
      expect(await participants.customers(workspace, 2, ids[1])).toEqual(ids.slice(2));
      expect(await participants.customers(newId(), 10)).toEqual([]);
      await participants.forget(newId(), ids[0] ?? '');
      expect(await participants.customers(workspace, 10)).toEqual(ids);
      await participants.forget(workspace, ids[0] ?? '');
      expect(await participants.customers(workspace, 10)).toEqual(ids.slice(1));
      expect(await participants.of(workspace, ids.slice(0, 1))).toEqual([]);
    });
  });
}
