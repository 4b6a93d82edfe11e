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

  // Berlin leaves out 02:00 to 03:00 on 2026-03-29, and has it twice on 2026-10-25.
  it.each([
    ['an hour shorter', '01:00', '04:00', '2026-03-28T23:30:00Z', '2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z'],
    [
      'inside it, behind the gap',
      '01:00',
      '04:00',
      '2026-03-29T01:10:00Z',
      '2026-03-29T01:10:00Z',
      '2026-03-29T02:00:00Z',
    ],
    [
      'over at its shorter end',
      '01:00',
      '04:00',
      '2026-03-29T02:00:00Z',
      '2026-03-29T23:00:00Z',
      '2026-03-30T02:00:00Z',
    ],
    [
      'moved out of the gap (A66)',
      '02:15',
      '02:45',
      '2026-03-28T23:00:00Z',
      '2026-03-29T01:15:00Z',
      '2026-03-29T01:45:00Z',
    ],
    [
      'swallowed, so the day after',
      '02:30',
      '03:15',
      '2026-03-29T00:00:00Z',
      '2026-03-30T00:30:00Z',
      '2026-03-30T01:15:00Z',
    ],
    ['an hour longer', '01:00', '04:00', '2026-10-24T22:00:00Z', '2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z'],
    [
      'in the hour that comes again',
      '01:00',
      '04:00',
      '2026-10-25T01:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T03:00:00Z',
    ],
    [
      'from the first of the two',
      '02:30',
      '04:00',
      '2026-10-24T22:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T03:00:00Z',
    ],
  ])('knows a window in which the clock changes: %s', (_what, from, to, now, sendAt, windowEnd) => {
    const [day] = windowEnd.split('T');
    const missedEnd = new Date(Date.parse(`${day}T00:00:00Z`) - 7 * 86_400_000);
    const summer = day !== undefined && day > '2026-04' ? 2 : 1;
    missedEnd.setUTCHours(Number(to.slice(0, 2)) - summer, Number(to.slice(3)));
    const missed = planned('Europe/Berlin', from, to, missedEnd.toISOString());
    const window = nextWindow(missed, new Date(now).toISOString());
    expect(window).toEqual({ sendAt: new Date(sendAt).toISOString(), windowEnd: new Date(windowEnd).toISOString() });
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

  it.each([
    ['on the day before it, whole', '2026-03-03T20:00:00.000Z', '2026-03-03T18:00:00.000Z'],
    ['on its own day, until then', '2026-03-02T12:00:00.000Z', '2026-03-02T12:00:00.000Z'],
    ['not once it is over', '2026-03-02T08:00:00.000Z', undefined],
  ])('ends with the thing that it reminds of (A92): %s', (_what, before, windowEnd) => {
    const timing = { zone: 'UTC', from: '09:00', to: '18:00', before };
    const now = windowEnd === '2026-03-03T18:00:00.000Z' ? '2026-03-02T20:00:00.000Z' : '2026-03-02T10:00:00.000Z';
    const missed = { facts: { ...FACTS, windowEnd: '2026-03-01T18:00:00.000Z', timing }, personal: undefined };
    expect(nextWindow(missed, now)?.windowEnd).toBe(windowEnd);
  });
});
