import { formatDay, parseTimeOfDay, timeZone } from '@poinciana/campaign-definition';
import { dailyHours } from './best-hours.js';
import type { SendTime } from './plan-send-time.js';
import { nextWindow } from './send-window.js';
import type { Timing } from './timing.js';

/**
 * Plans again what missed its window while the campaign was stopped: the first window of the same hours that is open at or
 * after `now` (A9, [C]14). An exact time has none, and nothing goes behind the instant of A92: `window_passed`.
 */
export function planNextWindow(timing: Timing, now: number): SendTime {
  const zone = timeZone(timing.zone);
  const from = parseTimeOfDay(timing.from ?? '');
  const to = parseTimeOfDay(timing.to ?? '');
  const before = timing.before === undefined ? Infinity : Date.parse(timing.before);
  const hours = from === undefined || to === undefined ? undefined : dailyHours(from, to, timing.hours ?? 'node');
  const window = hours && nextWindow(zone.localDay(now) - 1, now, hours, zone, before);
  if (window === undefined) return { timing: { ...timing, code: 'window_passed' } };
  return {
    sendAt: Math.max(window.start, now),
    windowEnd: window.end,
    timing: { ...timing, code: 'next_window', day: formatDay(window.day) },
  };
}
