import { clampDay, DAY_MS, HOUR_MS, parseDay, type Offset, type TimeZone } from '@poinciana/campaign-definition';

/**
 * What a send time starts from (A5): a calendar day of the zone, or an instant.
 * `today` says that it was reckoned from Today, so that yesterday's tail and the next window count (A6, A70).
 */
export type Base =
  | { readonly kind: 'day'; readonly day: number; readonly today: boolean }
  | {
      readonly kind: 'instant';
      readonly instant: number;
      readonly today: boolean;
      /** Nothing is sent at or after this instant: that of the datetime field with a negative offset (A92). */
      readonly before?: number;
    };

const LAST_PLANNABLE_DAY = 2_932_894;
const FIRST_INSTANT = clampDay(-Infinity) * DAY_MS;
const LAST_INSTANT = LAST_PLANNABLE_DAY * DAY_MS;

/** Days before 9999-12-30, so that a window that ends on the next day can still be written as a date. */
function plannableDay(day: number): number {
  return Math.min(LAST_PLANNABLE_DAY, clampDay(day));
}

/** An instant whose window still ends within the years that can be written as a date. */
export function plannableInstant(instant: number): number {
  return Math.min(LAST_INSTANT, Math.max(FIRST_INSTANT, instant));
}

/** Today ± days is a day; Today ± hours is an instant: now, moved by calendar days, then by elapsed hours (A67). */
export function baseFromToday(now: number, offset: Offset | undefined, zone: TimeZone): Base {
  const days = offset?.days ?? 0;
  if (offset?.hours === undefined) return { kind: 'day', day: plannableDay(zone.localDay(now) + days), today: true };
  return { kind: 'instant', instant: plannableInstant(movedInstant(now, offset, zone)), today: true };
}

/** A date field ± days is a day; with hours it is local midnight of that day ± elapsed hours. `date` is `YYYY-MM-DD`. */
export function baseFromDate(date: string, offset: Offset | undefined, zone: TimeZone): Base | undefined {
  const own = parseDay(date);
  if (own === undefined) return undefined;
  const day = plannableDay(own + (offset?.days ?? 0));
  if (offset?.hours === undefined) return { kind: 'day', day, today: false };
  return {
    kind: 'instant',
    instant: plannableInstant(zone.instantOf(day * DAY_MS) + offset.hours * HOUR_MS),
    today: false,
  };
}

/** A datetime field is an instant; moved into the past it also ends the window (A92). `datetime` is ISO 8601. */
export function baseFromDatetime(datetime: string, offset: Offset | undefined, zone: TimeZone): Base | undefined {
  const own = Date.parse(datetime);
  if (Number.isNaN(own)) return undefined;
  const instant = plannableInstant(movedInstant(own, offset, zone));
  return instant < own
    ? { kind: 'instant', instant, today: false, before: own }
    : { kind: 'instant', instant, today: false };
}

/** An instant moved by calendar days that keep the local time, then by elapsed hours. */
export function movedInstant(instant: number, offset: Offset | undefined, zone: TimeZone): number {
  const days = offset?.days ?? 0;
  const shifted = days === 0 ? instant : zone.instantOf(zone.localTime(instant) + days * DAY_MS);
  return Math.round(shifted + (offset?.hours ?? 0) * HOUR_MS);
}
