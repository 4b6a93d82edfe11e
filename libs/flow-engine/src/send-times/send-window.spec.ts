import { describe, expect, it } from '@jest/globals';
import { DAY_MS, timeZone, type Offset } from '@poinciana/campaign-definition';
import fc from 'fast-check';
import { baseFromDate, baseFromDatetime, baseFromToday, type Base } from './starting-point.js';
import { dailyHours } from './best-hours.js';
import { planSendTime } from './plan-send-time.js';

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const instants = fc
  .integer({ min: Date.parse('2015-01-01Z') / 60_000, max: Date.parse('2035-01-01Z') / 60_000 })
  .map((minutes) => minutes * 60_000);
const minutes = fc.integer({ min: 0, max: 1_439 });
const hours = fc
  .tuple(minutes, fc.integer({ min: 0, max: 1_440 }))
  .filter(([from, to]) => from !== to)
  .map(([from, to]) => dailyHours(from, to, 'node'));
const offsets = fc.oneof(
  fc.constant<Offset>({}),
  fc.record({ days: fc.integer({ min: -40, max: 40 }) }),
  fc.record({ hours: fc.double({ min: -100, max: 100, noNaN: true }) }),
  fc.record({ days: fc.integer({ min: -40, max: 40 }), hours: fc.integer({ min: -100, max: 100 }) }),
);
const kinds = fc.constantFrom<'today' | 'date' | 'datetime'>('today', 'date', 'datetime');

describe('every planned instant, over all zones', () => {
  it('lies in a window of its day, not before now, or carries a code', () => {
    fc.assert(
      fc.property(
        zones,
        instants,
        instants,
        hours,
        offsets,
        kinds,
        fc.constantFrom(undefined, 'skip' as const, 'nextWindow' as const),
        (name, now, field, daily, offset, kind, whenWindowIsOver) => {
          const zone = timeZone(name);
          const base = baseOf(kind, field, offset, now, name);
          const { sendAt, windowEnd, timing } = planSendTime({ now, zone, base, hours: daily, whenWindowIsOver });
          if (sendAt === undefined || windowEnd === undefined) {
            expect(timing.code).toBe('window_passed');
            return;
          }
          expect(sendAt).toBeGreaterThanOrEqual(now);
          expect(sendAt).toBeLessThan(windowEnd);
          if (base.kind === 'instant') expect(sendAt).toBeGreaterThanOrEqual(base.instant);
          if (base.kind === 'instant' && base.before !== undefined) expect(sendAt).toBeLessThan(base.before);
          expect(localMinuteIsInside(name, sendAt, daily.from, daily.to)).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

function baseOf(kind: 'today' | 'date' | 'datetime', field: number, offset: Offset, now: number, zone: string): Base {
  const text = new Date(field).toISOString();
  if (kind === 'today') return baseFromToday(now, offset, timeZone(zone));
  const base =
    kind === 'date'
      ? baseFromDate(text.slice(0, 10), offset, timeZone(zone))
      : baseFromDatetime(text, offset, timeZone(zone));
  if (base === undefined) throw new Error('No base');
  return base;
}

/** By the clock on the wall as Intl shows it; around a clock change the wall may be off by what was skipped or repeated. */
function localMinuteIsInside(zone: string, instant: number, from: number, to: number): boolean {
  const changes = timeZone(zone).offsetMs(instant - DAY_MS) !== timeZone(zone).offsetMs(instant + DAY_MS);
  if (changes) return true;
  const shown = new Date(instant).toLocaleTimeString('en-GB', { timeZone: zone, hourCycle: 'h23' });
  const [hour = 0, minute = 0] = shown.split(':').map(Number);
  const wall = hour * 60 + minute;
  return from < to ? wall >= from && wall < to : wall >= from || wall < to;
}
