import { DAY_MS, digitsAt, formatCalendarDate, isCalendarDate, isDayInRange, parseDay } from '../time/civil-date.js';
import { timeZone } from '../time/time-zone.js';

/** How an upload writes its dates; ISO is always taken (A29). */
export const DATE_FORMATS = ['YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const ISO_DATE_LENGTH = 10;
const TIME = /^[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$/;

/** A calendar date as `YYYY-MM-DD`. */
export function parseDate(text: string, format: DateFormat = 'YYYY-MM-DD'): string | undefined {
  if (text.length === ISO_DATE_LENGTH && parseDay(text) !== undefined) return text;
  if (format === 'DD.MM.YYYY') return parseLocalDate(text, '.', 1, 0);
  if (format === 'MM/DD/YYYY') return parseLocalDate(text, '/', 0, 1);
  return undefined;
}

function parseLocalDate(text: string, separator: string, monthIndex: number, dayIndex: number): string | undefined {
  const parts = text.split(separator);
  if (parts.length !== 3 || parts[2]?.length !== 4) return undefined;
  const year = digitsAt(text, text.length - 4, 4);
  const month = shortNumber(parts[monthIndex]);
  const day = shortNumber(parts[dayIndex]);
  return isCalendarDate(year, month, day) ? formatCalendarDate(year, month, day) : undefined;
}

function shortNumber(text: string | undefined): number {
  return text !== undefined && (text.length === 1 || text.length === 2) ? digitsAt(text, 0, text.length) : -1;
}

/** A datetime as ISO 8601 in UTC with milliseconds; without an offset it is read in `zone` (A40). */
export function parseDatetime(text: string, zone: string): string | undefined {
  const day = parseDay(text);
  if (day === undefined) return undefined;
  if (text.length === ISO_DATE_LENGTH) return formatInstant(timeZone(zone).instantOf(day * DAY_MS));
  const time = TIME.exec(text.slice(ISO_DATE_LENGTH));
  if (time === null) return undefined;
  const local = timeOfDayMs(time);
  if (local === undefined) return undefined;
  const offset = time[5];
  if (offset === undefined) return formatInstant(timeZone(zone).instantOf(day * DAY_MS + local));
  const offsetMs = parseOffset(offset);
  return offsetMs === undefined ? undefined : formatInstant(day * DAY_MS + local - offsetMs);
}

/** A datetime without an offset as a clock of its zone shows it, `2026-11-20T10:00:00.000`; undefined for one with an offset. */
export function parseLocalDatetime(text: string): string | undefined {
  const hasOffset = TIME.exec(text.slice(ISO_DATE_LENGTH))?.[5] !== undefined;
  return hasOffset ? undefined : parseDatetime(text, 'UTC')?.slice(0, -1);
}

function timeOfDayMs(time: RegExpExecArray): number | undefined {
  const hours = Number(time[1]);
  const minutes = Number(time[2]);
  const seconds = Number(time[3] ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const milliseconds = Number((time[4] ?? '').slice(0, 3).padEnd(3, '0'));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

function parseOffset(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

const instantTexts = new Map<number, string>();
const INSTANT_TEXTS_MAX = 4_096;

/**
 * ISO 8601 in UTC with milliseconds, for the years 0001 to 9999; undefined outside of them. Texts are kept, because a campaign
 * writes the same windows again and again.
 */
export function formatInstant(instant: number): string | undefined {
  const known = instantTexts.get(instant);
  if (known !== undefined) return known;
  if (!isDayInRange(Math.floor(instant / DAY_MS))) return undefined;
  const text = new Date(instant).toISOString();
  if (instantTexts.size >= INSTANT_TEXTS_MAX) instantTexts.clear();
  instantTexts.set(instant, text);
  return text;
}
