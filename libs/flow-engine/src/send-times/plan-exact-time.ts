import { EXACT_TIME_TOLERANCE_MINUTES, formatDay, MINUTE_MS, type TimeZone } from '@poinciana/campaign-definition';
import type { SendTime } from './plan-send-time.js';

export interface ExactTimeQuestion {
  readonly instant: number;
  /** Nothing is sent at or after this instant (A92). */
  readonly before?: number | undefined;
  /** The instant at which the trigger fired (A60). */
  readonly now: number;
  readonly zone: TimeZone;
  readonly toleranceMinutes?: number | undefined;
}

/** An exact time is a window that begins there; once that is over nothing is sent (A10). Instants are milliseconds since 1970 in UTC. */
export function planExactTime(question: ExactTimeQuestion): SendTime {
  const { instant, now, zone, before = Infinity, toleranceMinutes = EXACT_TIME_TOLERANCE_MINUTES } = question;
  const windowEnd = Math.min(instant + Math.max(1, Math.round(toleranceMinutes * MINUTE_MS)), before);
  const exact = { zone: zone.name, day: formatDay(zone.localDay(instant)), hours: 'exact' } as const;
  const told = before === Infinity ? exact : { ...exact, before: new Date(before).toISOString() };
  if (now >= windowEnd) return { timing: { code: 'window_passed', ...told } };
  return now >= instant
    ? { sendAt: now, windowEnd, timing: { code: 'at_once', ...told } }
    : { sendAt: instant, windowEnd, timing: { code: 'at_instant', ...told } };
}
