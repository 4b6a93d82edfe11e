import { DAY_MS, MINUTE_MS, parseTimeOfDay, timeZone, type TimeZone } from '@poinciana/campaign-definition';
import type { CommunicationFacts, KnownCommunication } from './communication.js';

/** Days looked at: a window that a clock change swallows is there again the day after. */
const DAYS_SEARCHED_MAX = 10;

export interface SendWindow {
  readonly sendAt: string;
  readonly windowEnd: string;
}

/**
 * The first window with the same local hours that is open at or after an instant (A9). `undefined` where there is none: an
 * exact time, and where the thing that it reminds of is over by then (A92).
 */
export function nextWindow({ facts }: KnownCommunication, now: string): SendWindow | undefined {
  const hours = hoursOf(facts.timing);
  if (hours === undefined || facts.windowEnd === undefined) return undefined;
  const zone = timeZone(hours.zone);
  // Older events do not say when the thing is; that it cut their window short shows in its end.
  if (hours.before === Infinity && !endsAt(facts.windowEnd, hours.to, zone)) return undefined;
  const nowMs = Date.parse(now);
  const today = zone.localDay(nowMs);
  for (let day = today - 1; day < today + DAYS_SEARCHED_MAX; day += 1) {
    const start = Math.max(nowMs, zone.instantOf(day * DAY_MS + hours.from * MINUTE_MS));
    const lastDay = hours.to > hours.from ? day : day + 1;
    const end = Math.min(zone.instantOf(lastDay * DAY_MS + hours.to * MINUTE_MS), hours.before);
    if (start < end) return { sendAt: new Date(start).toISOString(), windowEnd: new Date(end).toISOString() };
  }
  return undefined;
}

interface LocalHours {
  readonly zone: string;
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
  /** Nothing is sent at or after this instant, in milliseconds since 1970; Infinity where there is no such one. */
  readonly before: number;
}

/** The hours that a timing speaks of; an exact time has none. */
function hoursOf(timing: CommunicationFacts['timing']): LocalHours | undefined {
  const { zone, from, to } = timing;
  if (typeof zone !== 'string' || typeof from !== 'string' || typeof to !== 'string') return undefined;
  const start = parseTimeOfDay(from);
  const end = parseTimeOfDay(to);
  return start === undefined || end === undefined
    ? undefined
    : { zone, from: start, to: end, before: beforeOf(timing) };
}

/** The instant at and after which nothing is sent (A92), in milliseconds since 1970. */
export function beforeOf({ before }: CommunicationFacts['timing']): number {
  return typeof before === 'string' ? Date.parse(before) : Infinity;
}

/** Whether the window ends where its hours end; a clock change counts as the same (A66). */
function endsAt(windowEnd: string, toMinutes: number, zone: TimeZone): boolean {
  const instant = Date.parse(windowEnd);
  const local = zone.localTime(instant);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  return [midnight, midnight - DAY_MS].some((day) => zone.instantOf(day + toMinutes * MINUTE_MS) === instant);
}
