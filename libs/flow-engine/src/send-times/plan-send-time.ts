import { formatDay, type TimeZone, type WhenWindowIsOver } from '@poinciana/campaign-definition';
import type { Base } from './starting-point.js';
import type { DailyHours } from './best-hours.js';
import { nextWindow, windowOfDay, type SendWindow } from './send-window.js';
import type { Timing, TimingCode } from './timing.js';

export interface SendTimeQuestion {
  /** The instant at which the trigger fired (A60). */
  readonly now: number;
  readonly zone: TimeZone;
  readonly base: Base;
  readonly hours: DailyHours;
  /** When absent: Today takes the next window, a field skips ([C]3). */
  readonly whenWindowIsOver?: WhenWindowIsOver | undefined;
}

/** When to send, inside [sendAt, windowEnd), and why then; without `sendAt` the window is over (`window_passed`). */
export interface SendTime {
  readonly sendAt?: number;
  readonly windowEnd?: number;
  readonly timing: Timing;
}

/** The instant of sending from base, hours and now ([C]2, [C]3, [C]6, A5 to A7, A66, A67, A70, A92). */
export function planSendTime(question: SendTimeQuestion): SendTime {
  const { base, now, zone, hours } = question;
  const earliest = base.kind === 'instant' ? Math.max(base.instant, now) : now;
  const before = base.kind === 'instant' ? base.before : undefined;
  const baseDay = base.kind === 'instant' ? zone.localDay(base.instant) : base.day;
  const own = tailWindow(question, baseDay, earliest, before) ?? windowOfDay(baseDay, hours, zone, before);
  if (Math.max(own.start, earliest) < own.end) return sendIn(own, earliest, baseDay, question);
  if ((question.whenWindowIsOver ?? (base.today ? 'nextWindow' : 'skip')) === 'skip') return passed(baseDay, question);
  const next = nextWindow(baseDay, earliest, hours, zone, before);
  return next === undefined ? passed(baseDay, question) : sendIn(next, earliest, baseDay, question);
}

/** Yesterday's window when its tail after midnight holds now (base Today) or the instant (A6). */
function tailWindow(
  question: SendTimeQuestion,
  baseDay: number,
  earliest: number,
  before?: number,
): SendWindow | undefined {
  const { base, now, zone, hours } = question;
  if (hours.to > hours.from) return undefined;
  if (base.kind === 'day' && (!base.today || zone.localDay(now) !== baseDay)) return undefined;
  const inside = base.kind === 'day' ? now : base.instant;
  const window = windowOfDay(baseDay - 1, hours, zone, before);
  return inside >= window.start && inside < window.end && earliest < window.end ? window : undefined;
}

function sendIn(window: SendWindow, earliest: number, baseDay: number, question: SendTimeQuestion): SendTime {
  const sendAt = Math.max(window.start, earliest);
  return {
    sendAt,
    windowEnd: window.end,
    timing: timing(codeOf(sendAt, window, baseDay, question), window.day, question),
  };
}

function codeOf(sendAt: number, window: SendWindow, baseDay: number, { now, base }: SendTimeQuestion): TimingCode {
  if (window.day > baseDay) return 'next_window';
  if (sendAt === now) return 'at_once';
  return base.kind === 'instant' && sendAt === base.instant ? 'at_instant' : 'at_window_start';
}

function passed(day: number, question: SendTimeQuestion): SendTime {
  return { timing: timing('window_passed', day, question) };
}

function timing(code: TimingCode, day: number, { zone, hours, base }: SendTimeQuestion): Timing {
  const told = {
    code,
    zone: zone.name,
    day: formatDay(day),
    from: hours.fromText,
    to: hours.toText,
    hours: hours.source,
  };
  if (base.kind === 'day' || base.before === undefined) return told;
  return { ...told, before: new Date(base.before).toISOString() };
}
