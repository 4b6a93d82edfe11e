import { describe, expect, it } from '@jest/globals';
import { checkShares, DEFAULT_PHRASES, DEFAULT_SHARES, PERSON_KINDS, personOf } from './person.js';

const ADDRESSES = Array.from({ length: 20_000 }, (_, index) => String(491700000000 + index));

describe('personOf', () => {
  it('is the same for the same seed and address, however the address is written', () => {
    expect(personOf(7, '+49 170 000-00-01')).toEqual(personOf(7, '491700000001'));
  });

  it('keeps to what was written down once, so that recorded tables stay right', () => {
    const kinds = ADDRESSES.slice(0, 8).map((address) => personOf(7, address).kind);
    expect(kinds).toEqual(['replies', 'reads', 'ignores', 'invalidReported', 'reads', 'ignores', 'replies', 'ignores']);
  });

  it('makes other people of another seed', () => {
    const differing = ADDRESSES.filter((address) => personOf(1, address).kind !== personOf(2, address).kind);
    expect(differing.length).toBeGreaterThan(ADDRESSES.length / 2);
  });

  it.each(PERSON_KINDS)('has the share asked for of the kind %s, within one in a hundred', (kind) => {
    const found = ADDRESSES.filter((address) => personOf(7, address).kind === kind).length;
    expect(Math.abs(found / ADDRESSES.length - (DEFAULT_SHARES[kind] ?? 0))).toBeLessThan(0.01);
  });

  it('answers with one of the phrases when of a kind that answers, and only then; each phrase is used', () => {
    const people = ADDRESSES.map((address) => personOf(7, address));
    expect(people.every(({ kind, reply }) => (reply !== null) === (kind === 'replies' || kind === 'slow'))).toBe(true);
    expect(new Set(people.map(({ reply }) => reply).filter((reply) => reply !== null))).toEqual(
      new Set(DEFAULT_PHRASES),
    );
  });

  it('is sent, gets, reads and answers in this order', () => {
    for (const address of ADDRESSES) {
      const person = personOf(7, address);
      expect(0 < person.sentAfterMs && person.sentAfterMs < person.deliveredAfterMs).toBe(true);
      expect(person.deliveredAfterMs < person.readAfterMs && person.readAfterMs < person.replyAfterMs).toBe(true);
    }
  });
});

describe('checkShares', () => {
  it.each([
    [{ reads: 0.5 }, 'add up to 0.5'],
    [{ reads: 1.5, ignores: -0.5 }, 'from 0 to 1'],
    [JSON.parse('{"sleeps": 1}'), 'no kind of person'],
    [JSON.parse('null'), 'kind by kind'],
  ])('refuses %j', (shares, reason) => {
    expect(() => checkShares(shares)).toThrow(reason);
  });

  it('takes shares whose sum is 1 but for rounding', () => {
    expect(() => checkShares({ reads: 0.1, replies: 0.2, ignores: 0.7 })).not.toThrow();
  });
});
