import { describe, expect, it } from '@jest/globals';
import { CONTENTS_KEPT_MAX } from '../bounds.js';
import { AcceptanceLedger } from './acceptance-ledger.js';
import type { Acceptance } from './accepted-message.js';
import { MessageIds } from './message-id.js';

const acceptance = (change: Partial<Acceptance> = {}): Acceptance => ({
  communicationId: 'c-1',
  waId: '491700000001',
  phoneNumberId: '100',
  personKind: 'reads',
  content: { type: 'text', text: 'Hello' },
  acceptedAtMs: Date.UTC(2025, 0, 1),
  isToldBackwards: false,
  failsWithCode: 0,
  ...change,
});
const ledgerOf = (acceptedMax: number) => new AcceptanceLedger(new MessageIds('run1'), acceptedMax);

describe('AcceptanceLedger', () => {
  it('gives back what was accepted', () => {
    const ledger = ledgerOf(10);
    const row = ledger.accept(acceptance());
    ledger.recordStatus(row, 'delivered');
    ledger.recordStatus(row, 'sent'); // late: the message stays delivered
    expect(ledger.at(row)).toEqual({
      sequence: 0,
      messageId: new MessageIds('run1').idOf('o', 0),
      communicationId: 'c-1',
      waId: '491700000001',
      phoneNumberId: '100',
      type: 'text',
      personKind: 'reads',
      status: 'delivered',
      acceptedAt: '2025-01-01T00:00:00.000Z',
      content: { type: 'text', text: 'Hello' },
    });
    expect(ledger.rowOf(ledger.messageIdOf(row))).toBe(row);
  });

  it('counts exactly over many messages, people of 15 digits among them', () => {
    const ledger = ledgerOf(20_000);
    for (let message = 0; message < 20_000; message++) {
      ledger.accept(
        acceptance({
          communicationId: message % 10 === 0 ? null : `c-${message % 5_000}`,
          waId: String(999_999_999_980_000 + message),
        }),
      );
    }
    expect(ledger.length).toBe(20_000);
    expect([...ledger.communications()].map(([, count]) => count)).toEqual(Array.from({ length: 4_500 }, () => 4));
    expect(ledger.countOf('c-1')).toBe(4);
    expect(ledger.countOf('c-10')).toBe(0);
    expect(ledger.find({ communicationId: 'c-1' }, 0, 10).map(({ sequence }) => sequence)).toEqual([
      1, 5_001, 10_001, 15_001,
    ]);
    expect(ledger.find({ waId: '999999999999999' }, 0, 10).map(({ sequence }) => sequence)).toEqual([19_999]);
    expect(ledger.find({}, 19_998, 10).map(({ sequence }) => sequence)).toEqual([19_998, 19_999]);
    expect(ledger.tally().people.reads).toBe(20_000);
  });

  it('refuses beyond its bound with 507, and forgets nothing', () => {
    const ledger = ledgerOf(2);
    ledger.accept(acceptance());
    ledger.accept(acceptance());
    expect(() => ledger.requireRoom('100')).toThrow(expect.objectContaining({ httpStatus: 507, code: 'ledger_full' }));
    expect(() => ledger.accept(acceptance())).toThrow('no more than 2');
    expect(ledger.countOf('c-1')).toBe(2);
  });

  it('keeps what the newest messages said', () => {
    const ledger = ledgerOf(CONTENTS_KEPT_MAX + 1);
    for (let message = 0; message <= CONTENTS_KEPT_MAX; message++) {
      ledger.accept(acceptance({ content: { type: 'text', text: `text ${message}` } }));
    }
    expect(ledger.at(0).content).toBeUndefined();
    expect(ledger.at(1).content).toEqual({ type: 'text', text: 'text 1' });
    expect(ledger.at(CONTENTS_KEPT_MAX).content).toEqual({ type: 'text', text: `text ${CONTENTS_KEPT_MAX}` });
  });
});

describe('MessageIds', () => {
  it('knows its own ids and no others', () => {
    const ids = new MessageIds('run1');
    expect(ids.sequenceOf(ids.idOf('o', 123_456_789_012))).toBe(123_456_789_012);
    for (const other of [ids.idOf('i', 1), new MessageIds('run2').idOf('o', 1), 'wamid.', 'wamid.HBgL', 'nothing']) {
      expect(ids.sequenceOf(other)).toBeUndefined();
    }
  });
});
