import { describe, expect, it } from '@jest/globals';
import { nextWindow } from './next-window.js';
import { FACTS } from './communication-samples.js';

function planned(zone: string, from: string, to: string, windowEnd: string) {
  return { facts: { ...FACTS, windowEnd, timing: { zone, from, to } }, personal: undefined };
}

describe('nextWindow', () => {
  it('takes the next day with the same local hours, over a change of the clocks', () => {
    // Berlin goes from +01:00 to +02:00 on 2026-03-29.
    const missed = planned('Europe/Berlin', '10:00', '18:00', '2026-03-27T17:00:00.000Z');
    expect(nextWindow(missed, '2026-03-28T20:00:00.000Z')).toEqual({
      sendAt: '2026-03-29T08:00:00.000Z',
      windowEnd: '2026-03-29T16:00:00.000Z',
    });
  });

  it('sends at once inside a window, also in its tail after midnight (A6)', () => {
    const missed = planned('UTC', '22:00', '02:00', '2026-03-02T02:00:00.000Z');
    expect(nextWindow(missed, '2026-03-05T01:00:00.000Z')).toEqual({
      sendAt: '2026-03-05T01:00:00.000Z',
      windowEnd: '2026-03-05T02:00:00.000Z',
    });
  });

  it('knows none for an exact time, and none for a window that the thing itself cut short (A92)', () => {
    const exact = { facts: { ...FACTS, timing: { zone: 'UTC', hours: 'exact' } }, personal: undefined };
    expect(nextWindow(exact, '2026-03-05T01:00:00.000Z')).toBeUndefined();
    const cutShort = planned('UTC', '09:00', '18:00', '2026-03-02T11:30:00.000Z');
    expect(nextWindow(cutShort, '2026-03-05T01:00:00.000Z')).toBeUndefined();
  });
});
