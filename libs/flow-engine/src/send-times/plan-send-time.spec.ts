import { describe, expect, it } from '@jest/globals';
import { parseTimeOfDay, timeZone, type Offset, type WhenWindowIsOver } from '@poinciana/campaign-definition';
import { baseFromDate, baseFromDatetime, baseFromToday, type Base } from './starting-point.js';
import { bestHours, dailyHours } from './best-hours.js';
import { planExactTime } from './plan-exact-time.js';
import { planNextWindow } from './plan-next-window.js';
import { planSendTime, type SendTime } from './plan-send-time.js';

interface Case {
  readonly zone?: string;
  readonly now: string;
  /** `today`, a date or a datetime. */
  readonly base: string;
  readonly offset?: Offset;
  readonly hours?: string;
  readonly over?: WhenWindowIsOver;
}

function plan({ zone: name = 'Europe/Berlin', now, base, offset, hours = '10:00-18:00', over }: Case): SendTime {
  const zone = timeZone(name);
  const [from = '', to = ''] = hours.split('-');
  const start = baseOf(base, offset, Date.parse(now), name);
  return planSendTime({
    now: Date.parse(now),
    zone,
    base: start,
    hours: dailyHours(parseTimeOfDay(from) ?? -1, parseTimeOfDay(to) ?? -1, 'node'),
    whenWindowIsOver: over,
  });
}

function baseOf(text: string, offset: Offset | undefined, now: number, zone: string): Base {
  if (text === 'today') return baseFromToday(now, offset, timeZone(zone));
  const base =
    text.length === 10 ? baseFromDate(text, offset, timeZone(zone)) : baseFromDatetime(text, offset, timeZone(zone));
  if (base === undefined) throw new Error(`No base: ${text}`);
  return base;
}

/** `code sendAt windowEnd`, instants to the minute. */
function told({ sendAt, windowEnd, timing }: SendTime): string {
  const minute = (instant: number | undefined) =>
    instant === undefined ? '' : new Date(instant).toISOString().slice(0, 16);
  return `${timing.code} ${minute(sendAt)} ${minute(windowEnd)}`.trim();
}

type Row = readonly [string, Case, string];

describe('[C]3: base Today', () => {
  it.each<Row>([
    [
      'before the window',
      { now: '2026-11-21T06:00Z', base: 'today' },
      'at_window_start 2026-11-21T09:00 2026-11-21T17:00',
    ],
    ['inside it: at once', { now: '2026-11-21T12:34Z', base: 'today' }, 'at_once 2026-11-21T12:34 2026-11-21T17:00'],
    ['A7: From is inside', { now: '2026-11-21T09:00Z', base: 'today' }, 'at_once 2026-11-21T09:00 2026-11-21T17:00'],
    ['A7: To is not', { now: '2026-11-21T17:00Z', base: 'today' }, 'next_window 2026-11-22T09:00 2026-11-22T17:00'],
    ['over, the other choice', { now: '2026-11-21T17:00Z', base: 'today', over: 'skip' }, 'window_passed'],
    [
      '+ 3 days',
      { now: '2026-11-21T12:00Z', base: 'today', offset: { days: 3 } },
      'at_window_start 2026-11-24T09:00 2026-11-24T17:00',
    ],
    [
      '+ 10 days, over the end of the month',
      { now: '2026-11-21T12:00Z', base: 'today', offset: { days: 10 } },
      'at_window_start 2026-12-01T09:00 2026-12-01T17:00',
    ],
    [
      'all day',
      { now: '2026-11-21T22:59Z', base: 'today', hours: '00:00-24:00' },
      'at_once 2026-11-21T22:59 2026-11-21T23:00',
    ],
    [
      'her Today, not that of UTC',
      { now: '2026-11-21T20:00Z', base: 'today', zone: 'Asia/Kathmandu' },
      'at_window_start 2026-11-22T04:15 2026-11-22T12:15',
    ],
    [
      'A70: Today − 1, still to come today',
      { now: '2026-11-21T06:00Z', base: 'today', offset: { days: -1 } },
      'next_window 2026-11-21T09:00 2026-11-21T17:00',
    ],
    [
      'A70: Today − 1, today over',
      { now: '2026-11-21T18:00Z', base: 'today', offset: { days: -1 } },
      'next_window 2026-11-22T09:00 2026-11-22T17:00',
    ],
    [
      'Today − 1 with skip',
      { now: '2026-11-21T06:00Z', base: 'today', offset: { days: -1 }, over: 'skip' },
      'window_passed',
    ],
  ])('%s', (_name, given, expected) => expect(told(plan(given))).toBe(expected));
});

describe('[C]3, A6: base a date field', () => {
  it.each<Row>([
    [
      'to come',
      { now: '2026-11-21T12:00Z', base: '2026-11-24', offset: { days: -2 } },
      'at_window_start 2026-11-22T09:00 2026-11-22T17:00',
    ],
    ['today, inside', { now: '2026-11-21T12:00Z', base: '2026-11-21' }, 'at_once 2026-11-21T12:00 2026-11-21T17:00'],
    ['today, over', { now: '2026-11-21T17:00Z', base: '2026-11-21' }, 'window_passed'],
    ['long ago', { now: '2026-11-21T12:00Z', base: '2020-01-01' }, 'window_passed'],
    [
      'long ago, the other choice',
      { now: '2026-11-21T12:00Z', base: '2020-01-01', over: 'nextWindow' },
      'next_window 2026-11-21T12:00 2026-11-21T17:00',
    ],
    [
      'month end',
      { now: '2026-01-31T05:00Z', base: '2026-03-01', offset: { days: -1 } },
      'at_window_start 2026-02-28T09:00 2026-02-28T17:00',
    ],
    [
      'leap day',
      { now: '2028-01-31T05:00Z', base: '2028-03-01', offset: { days: -1 } },
      'at_window_start 2028-02-29T09:00 2028-02-29T17:00',
    ],
    [
      'A5: + 14 hours is an instant',
      { now: '2026-11-21T05:00Z', base: '2026-11-24', offset: { hours: 14 } },
      'at_instant 2026-11-24T13:00 2026-11-24T17:00',
    ],
    [
      'A5: − 5 hours falls on the day before, behind its window',
      { now: '2026-11-21T05:00Z', base: '2026-11-24', offset: { hours: -5 } },
      'window_passed',
    ],
    [
      'the last day of the calendar',
      { now: '2026-11-21T05:00Z', base: '9999-12-31', offset: { days: 3660 } },
      'at_window_start 9999-12-29T09:00 9999-12-29T17:00',
    ],
  ])('%s', (_name, given, expected) => expect(told(plan(given))).toBe(expected));
});

describe('A6: windows over midnight', () => {
  const hours = '22:00-02:00';
  const zone = 'UTC';
  it.each<Row>([
    [
      'Today, in the evening',
      { zone, hours, now: '2026-11-21T23:00Z', base: 'today' },
      'at_once 2026-11-21T23:00 2026-11-22T02:00',
    ],
    [
      "Today, in yesterday's tail",
      { zone, hours, now: '2026-11-21T01:00Z', base: 'today' },
      'at_once 2026-11-21T01:00 2026-11-21T02:00',
    ],
    [
      "Today with skip, in yesterday's tail",
      { zone, hours, now: '2026-11-21T01:00Z', base: 'today', over: 'skip' },
      'at_once 2026-11-21T01:00 2026-11-21T02:00',
    ],
    [
      'Today, behind the tail',
      { zone, hours, now: '2026-11-21T02:00Z', base: 'today' },
      'at_window_start 2026-11-21T22:00 2026-11-22T02:00',
    ],
    [
      'Today + 1, in the tail: tomorrow’s own window',
      { zone, hours, now: '2026-11-21T01:00Z', base: 'today', offset: { days: 1 } },
      'at_window_start 2026-11-22T22:00 2026-11-23T02:00',
    ],
    [
      'a date: only its own window',
      { zone, hours, now: '2026-11-21T01:00Z', base: '2026-11-21' },
      'at_window_start 2026-11-21T22:00 2026-11-22T02:00',
    ],
    [
      'a date, in the tail of its own window',
      { zone, hours, now: '2026-11-22T01:00Z', base: '2026-11-21' },
      'at_once 2026-11-22T01:00 2026-11-22T02:00',
    ],
    [
      'an instant in the tail',
      { zone, hours, now: '2026-11-20T12:00Z', base: '2026-11-21T01:00:00.000Z' },
      'at_instant 2026-11-21T01:00 2026-11-21T02:00',
    ],
  ])('%s', (_name, given, expected) => expect(told(plan(given))).toBe(expected));
});

describe('A5, A92: base a datetime field', () => {
  const appointment = '2026-11-24T13:00:00.000Z';
  it.each<Row>([
    ['at its time', { now: '2026-11-21T12:00Z', base: appointment }, 'at_instant 2026-11-24T13:00 2026-11-24T17:00'],
    [
      '2 hours before',
      { now: '2026-11-21T12:00Z', base: appointment, offset: { hours: -2 } },
      'at_instant 2026-11-24T11:00 2026-11-24T13:00',
    ],
    [
      'a day before, same local time',
      { now: '2026-11-21T12:00Z', base: appointment, offset: { days: -1 } },
      'at_instant 2026-11-23T13:00 2026-11-23T17:00',
    ],
    [
      'late, but before the appointment',
      { now: '2026-11-24T12:00Z', base: appointment, offset: { hours: -2 } },
      'at_once 2026-11-24T12:00 2026-11-24T13:00',
    ],
    [
      'A92: at the appointment itself',
      { now: '2026-11-24T13:00Z', base: appointment, offset: { hours: -2 } },
      'window_passed',
    ],
    [
      'A92: the window would push it behind',
      { now: '2026-11-21T12:00Z', base: '2026-11-24T08:00:00.000Z', offset: { hours: -2 } },
      'window_passed',
    ],
    [
      'A92: nor into the next window',
      { now: '2026-11-21T12:00Z', base: '2026-11-24T08:00:00.000Z', offset: { hours: -2 }, over: 'nextWindow' },
      'window_passed',
    ],
    [
      'before the window opens',
      { now: '2026-11-21T12:00Z', base: '2026-11-24T06:00:00.000Z' },
      'at_window_start 2026-11-24T09:00 2026-11-24T17:00',
    ],
    ['behind the window', { now: '2026-11-21T12:00Z', base: '2026-11-24T18:00:00.000Z' }, 'window_passed'],
    [
      'behind the window, the other choice',
      { now: '2026-11-21T12:00Z', base: '2026-11-24T18:00:00.000Z', over: 'nextWindow' },
      'next_window 2026-11-25T09:00 2026-11-25T17:00',
    ],
    [
      'Today + 2 hours',
      { now: '2026-11-21T12:00Z', base: 'today', offset: { hours: 2 } },
      'at_instant 2026-11-21T14:00 2026-11-21T17:00',
    ],
    [
      'Today + half an hour',
      { now: '2026-11-21T12:00Z', base: 'today', offset: { hours: 0.5 } },
      'at_instant 2026-11-21T12:30 2026-11-21T17:00',
    ],
    [
      'Today + 8 hours, over',
      { now: '2026-11-21T12:00Z', base: 'today', offset: { hours: 8 } },
      'next_window 2026-11-22T09:00 2026-11-22T17:00',
    ],
  ])('%s', (_name, given, expected) => expect(told(plan(given))).toBe(expected));
});

describe('[C]6, A66, A67: clock changes', () => {
  it.each<Row>([
    [
      'Berlin, From in the gap moves forward',
      { now: '2026-03-28T12:00Z', base: '2026-03-29', hours: '02:30-18:00' },
      'at_window_start 2026-03-29T01:30 2026-03-29T16:00',
    ],
    [
      'Berlin, From and To in the gap',
      { now: '2026-03-28T12:00Z', base: '2026-03-29', hours: '02:00-02:30' },
      'at_window_start 2026-03-29T01:00 2026-03-29T01:30',
    ],
    [
      'Berlin, a window that the gap swallows',
      { now: '2026-03-28T12:00Z', base: '2026-03-29', hours: '02:30-03:00' },
      'window_passed',
    ],
    [
      'Berlin, swallowed, base Today takes the next day',
      { now: '2026-03-29T00:30Z', base: 'today', hours: '02:30-03:00' },
      'next_window 2026-03-30T00:30 2026-03-30T01:00',
    ],
    [
      'Berlin, an hour that exists twice: the first',
      { now: '2026-10-24T12:00Z', base: '2026-10-25', hours: '02:30-18:00' },
      'at_window_start 2026-10-25T00:30 2026-10-25T17:00',
    ],
    [
      'Berlin, a day of 25 hours + 24 elapsed hours',
      { now: '2026-10-23T12:00Z', base: '2026-10-25', offset: { hours: 24 }, hours: '00:00-24:00' },
      'at_instant 2026-10-25T22:00 2026-10-25T23:00',
    ],
    [
      'Berlin, days keep the local time',
      { now: '2026-10-20T12:00Z', base: '2026-10-24T10:00:00.000Z', offset: { days: 1 }, hours: '00:00-24:00' },
      'at_instant 2026-10-25T11:00 2026-10-25T23:00',
    ],
    [
      'New York, spring',
      { zone: 'America/New_York', now: '2026-03-07T12:00Z', base: '2026-03-08', hours: '02:15-09:00' },
      'at_window_start 2026-03-08T07:15 2026-03-08T13:00',
    ],
    [
      'New York, autumn, all day',
      { zone: 'America/New_York', now: '2026-10-30T12:00Z', base: '2026-11-01', hours: '00:00-24:00' },
      'at_window_start 2026-11-01T04:00 2026-11-02T05:00',
    ],
    [
      'Lord Howe, half an hour',
      { zone: 'Australia/Lord_Howe', now: '2026-10-01T12:00Z', base: '2026-10-04', hours: '02:15-09:00' },
      'at_window_start 2026-10-03T15:45 2026-10-03T22:00',
    ],
    [
      'Kathmandu',
      { zone: 'Asia/Kathmandu', now: '2026-10-01T12:00Z', base: '2026-10-04', hours: '09:00-18:00' },
      'at_window_start 2026-10-04T03:15 2026-10-04T12:15',
    ],
    [
      'São Paulo 2018, a midnight that does not exist',
      { zone: 'America/Sao_Paulo', now: '2018-11-01T12:00Z', base: '2018-11-04', hours: '00:00-12:00' },
      'at_window_start 2018-11-04T03:00 2018-11-04T14:00',
    ],
    [
      'São Paulo 2026, no summer time',
      { zone: 'America/Sao_Paulo', now: '2026-11-01T12:00Z', base: '2026-11-04', hours: '00:00-12:00' },
      'at_window_start 2026-11-04T03:00 2026-11-04T15:00',
    ],
    [
      'over midnight into a gap',
      { now: '2026-03-28T12:00Z', base: '2026-03-28', hours: '22:00-02:30' },
      'at_window_start 2026-03-28T21:00 2026-03-29T01:30',
    ],
  ])('%s', (_name, given, expected) => expect(told(plan(given))).toBe(expected));
});

describe('[C]5, A69: best time to contact', () => {
  const signals = (counts: Record<number, number>) => Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0);
  it.each([
    ['the customer’s hour', signals({ 9: 3, 20: 5 }), signals({ 11: 90 }), '20:00-21:00 customer'],
    ['ties take the earliest', signals({ 20: 5, 9: 5 }), undefined, '09:00-10:00 customer'],
    ['two signals are too few', signals({ 9: 2 }), signals({ 11: 90 }), '11:00-12:00 workspace'],
    ['nothing known', undefined, undefined, '10:00-18:00 default'],
    ['the last hour ends the day', signals({ 23: 4 }), undefined, '23:00-24:00 customer'],
  ])('%s', (_name, customer, workspace, expected) => {
    const { fromText, toText, source } = bestHours(customer, workspace);
    expect(`${fromText}-${toText} ${source}`).toBe(expected);
  });
});

describe('A9, [C]14: what missed its window, planned for the next one', () => {
  const missed = (given: Case) => plan(given).timing;
  it.each<readonly [string, Case, string, string]>([
    [
      'tomorrow',
      { now: '2026-11-21T06:00Z', base: 'today' },
      '2026-11-21T17:00Z',
      'next_window 2026-11-22T09:00 2026-11-22T17:00',
    ],
    [
      'at once, inside a later window',
      { now: '2026-11-21T06:00Z', base: 'today' },
      '2026-11-23T10:00Z',
      'next_window 2026-11-23T10:00 2026-11-23T17:00',
    ],
    [
      "at once, in yesterday's tail",
      { now: '2026-11-21T06:00Z', base: 'today', hours: '22:00-02:00' },
      '2026-11-24T00:30Z',
      'next_window 2026-11-24T00:30 2026-11-24T01:00',
    ],
    [
      'A92: not behind the appointment',
      { now: '2026-11-21T06:00Z', base: '2026-11-22T12:00:00.000Z', offset: { days: -1 } },
      '2026-11-22T12:00Z',
      'window_passed',
    ],
    [
      'A92: before the appointment',
      { now: '2026-11-21T06:00Z', base: '2026-11-22T12:00:00.000Z', offset: { days: -1 } },
      '2026-11-21T17:00Z',
      'next_window 2026-11-22T09:00 2026-11-22T12:00',
    ],
  ])('%s', (_name, given, now, expected) =>
    expect(told(planNextWindow(missed(given), Date.parse(now)))).toBe(expected),
  );

  it('an exact time has no next window', () => {
    const { timing } = planExactTime({ instant: Date.parse('2026-11-24T13:00Z'), now: 0, zone: timeZone('UTC') });
    expect(planNextWindow(timing, Date.parse('2026-11-25T13:00Z')).timing.code).toBe('window_passed');
  });
});

describe('A10: an exact time', () => {
  const zone = timeZone('Europe/Berlin');
  const instant = Date.parse('2026-11-24T13:00Z');
  it.each([
    ['to come', '2026-11-24T12:00Z', 'at_instant 2026-11-24T13:00 2026-11-24T13:15'],
    ['14 minutes late', '2026-11-24T13:14Z', 'at_once 2026-11-24T13:14 2026-11-24T13:15'],
    ['15 minutes late', '2026-11-24T13:15Z', 'window_passed'],
  ])('%s', (_name, now, expected) =>
    expect(told(planExactTime({ instant, now: Date.parse(now), zone }))).toBe(expected),
  );
});
