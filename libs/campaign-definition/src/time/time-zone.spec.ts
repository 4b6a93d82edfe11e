import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, dayNumber, formatDay, HOUR_MS, parseDay } from './civil-date.js';
import { canonicalZone, timeZone } from './time-zone.js';

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'UTC',
  'Africa/Casablanca',
];

function local(text: string): number {
  return Date.parse(`${text}Z`);
}

describe('[C]6, A66: local times around clock changes', () => {
  it.each([
    ['Europe/Berlin', 'gap', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', 'before the gap', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', 'after the gap', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', 'twice, the first', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', 'after both', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', 'gap', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z'],
    ['America/New_York', 'twice, the first', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', 'gap of half an hour', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z'],
    ['Australia/Lord_Howe', 'twice, the first', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
    ['Asia/Kathmandu', 'no change', '2026-03-29T02:30', '2026-03-28T20:45:00.000Z'],
    ['America/Sao_Paulo', 'midnight that does not exist', '2018-11-04T00:00', '2018-11-04T03:00:00.000Z'],
    ['America/Sao_Paulo', 'no summer time any more', '2026-11-01T00:00', '2026-11-01T03:00:00.000Z'],
    ['Pacific/Apia', 'a whole day that does not exist', '2011-12-30T12:00', '2011-12-30T22:00:00.000Z'],
  ])('%s: %s', (zone, _name, text, expected) => {
    expect(new Date(timeZone(zone).instantOf(local(text))).toISOString()).toBe(expected);
  });
});

describe('zones', () => {
  it('agree with Intl at any instant', () => {
    const instants = fc.date({ min: new Date('1995-01-01'), max: new Date('2036-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, date) => {
        const shown = date.toLocaleString('sv-SE', { timeZone: zone });
        const ours = new Date(timeZone(zone).localTime(date.getTime())).toISOString();
        expect(ours.slice(0, 19)).toBe(shown.replace(' ', 'T'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('a local time is found again, or lay in a gap and moved forward', () => {
    const minutes = fc.integer({ min: local('2005-01-01T00:00') / 60_000, max: local('2035-01-01T00:00') / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), minutes, (name, minute) => {
        const zone = timeZone(name);
        const wanted = minute * 60_000;
        const instant = zone.instantOf(wanted);
        const moved = zone.localTime(instant) - wanted;
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(DAY_MS);
        if (moved === 0) expect(zone.localTime(instant - HOUR_MS)).not.toBe(wanted);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['asia/kathmandu', 'Asia/Kathmandu'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['utc', 'UTC'],
    ['+02:00', undefined],
    ['Mars/Olympus', undefined],
    ['', undefined],
    ['../etc/passwd', undefined],
  ])('A88: %p is stored as %p', (name, expected) => expect(canonicalZone(name)).toBe(expected));

  it('an unknown zone is a RangeError', () => expect(() => timeZone('Mars/Olympus')).toThrow(RangeError));
});

describe('calendar days', () => {
  it('count and print like Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayNumber(1, 1, 1), max: dayNumber(9999, 12, 31) }), (day) => {
        const text = formatDay(day);
        expect(text).toBe(new Date(day * DAY_MS).toISOString().slice(0, 10));
        expect(parseDay(text)).toBe(day);
      }),
    );
  });
});
