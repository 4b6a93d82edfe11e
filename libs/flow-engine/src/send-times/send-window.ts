import { DAY_MS, MINUTE_MS, type TimeZone } from '@poinciana/campaign-definition';
import type { DailyHours } from './best-hours.js';

/** The window of one day as instants, [start, end) (A7). Empty when a clock change swallowed it (A66). */
export interface SendWindow {
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

/** Days looked at when the next window is sought: a window that a clock change swallows is there again the day after. */
const DAYS_SEARCHED_MAX = 10;

/** The window of day D runs from D From to D To, or to D+1 To when it crosses midnight (A6). */
export function windowOfDay(day: number, hours: DailyHours, zone: TimeZone, before = Infinity): SendWindow {
  const lastDay = hours.to > hours.from ? day : day + 1;
  const end = zone.instantOf(lastDay * DAY_MS + hours.to * MINUTE_MS);
  return { day, start: zone.instantOf(day * DAY_MS + hours.from * MINUTE_MS), end: Math.min(end, before) };
}

/** The first window of that day or later that is open at or after an instant. */
export function nextWindow(
  firstDay: number,
  earliest: number,
  hours: DailyHours,
  zone: TimeZone,
  before = Infinity,
): SendWindow | undefined {
  const first = Math.max(firstDay, zone.localDay(earliest) - 1);
  for (let day = first; day < first + DAYS_SEARCHED_MAX; day++) {
    const window = windowOfDay(day, hours, zone, before);
    if (Math.max(window.start, earliest) < window.end) return window;
  }
  return undefined;
}
