import { formatDay, MINUTE_MS, type TimeZone } from '@poinciana/campaign-definition';
import type { SendTime } from './plan-send-time.js';

/** How late something may go out that is meant for an exact time, in minutes, unless the node says otherwise (A10). */
export const EXACT_TIME_TOLERANCE_MINUTES = 15;

/** An exact time is a window that begins there; once that is over nothing is sent (A10). */
export function planExactTime(
  instant: number,
  now: number,
  zone: TimeZone,
  toleranceMinutes: number = EXACT_TIME_TOLERANCE_MINUTES,
): SendTime {
  const windowEnd = instant + Math.max(1, Math.round(toleranceMinutes * MINUTE_MS));
  const day = formatDay(zone.localDay(instant));
  const timing = { zone: zone.name, day, hours: 'exact' } as const;
  if (now >= windowEnd) return { timing: { code: 'window_passed', ...timing } };
  return now >= instant
    ? { sendAt: now, windowEnd, timing: { code: 'at_once', ...timing } }
    : { sendAt: instant, windowEnd, timing: { code: 'at_instant', ...timing } };
}
