import { describe, expect, it } from '@jest/globals';
import { personOf } from './person.js';
import { TurnTaking } from './turn-taking.js';

const SHARES = { reads: 0, replies: 1, ignores: 0, neverDelivered: 0, slow: 0 };
const NOBODY_ELSE = { ...SHARES, providerErrorOnce: 0, invalidRefused: 0, invalidReported: 0 };

describe('TurnTaking', () => {
  it('lets a person answer every other message, each person by themselves', () => {
    const turns = new TurnTaking();
    const [ada, eve] = [personOf(1, '491510000001', NOBODY_ELSE), personOf(1, '491510000002', NOBODY_ELSE)];
    const moods = [ada, ada, eve, ada].map((person) => turns.inTheMoodFor(person).kind);
    expect(moods).toEqual(['replies', 'reads', 'replies', 'replies']);
    turns.forget();
    expect(turns.inTheMoodFor(ada).reply).toBe(ada.reply);
  });
});
