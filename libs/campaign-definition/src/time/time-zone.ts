import { DAY_MS } from './civil-date.js';

/** Offsets are looked up by spans of this length, so that a whole campaign needs a few hundred look-ups in Intl. */
const SPAN_MS = 8 * DAY_MS;
const SPANS_MAX = 4_096;
const ZONES_MAX = 1_000;

/** One clock change within a span: offsets before and from `at` on. */
interface ClockChange {
  readonly at: number;
  readonly beforeMs: number;
  readonly afterMs: number;
}

/**
 * An IANA time zone. Instants are milliseconds since 1970 in UTC; local times are milliseconds that a clock in the zone
 * would show, counted as if it were UTC. Assumes at most one clock change in eight days.
 */
export class TimeZone {
  private readonly spans = new Map<number, number | ClockChange>();
  private readonly clock: Intl.DateTimeFormat;

  constructor(readonly name: string) {
    this.clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** What to add to the instant to get the local time. */
  offsetMs(instant: number): number {
    const span = Math.floor(instant / SPAN_MS);
    const known = this.spans.get(span) ?? this.learnSpan(span);
    if (typeof known === 'number') return known;
    return instant < known.at ? known.beforeMs : known.afterMs;
  }

  localTime(instant: number): number {
    return instant + this.offsetMs(instant);
  }

  /** The day number on the zone's calendar. */
  localDay(instant: number): number {
    return Math.floor(this.localTime(instant) / DAY_MS);
  }

  /**
   * The instant of a local time. One that exists twice is the first ([C]6); one that does not exist moves forward by the
   * length of the gap (A66): 02:30 becomes 03:30.
   */
  instantOf(localTime: number): number {
    const before = this.offsetMs(localTime - DAY_MS);
    const after = this.offsetMs(localTime + DAY_MS);
    if (before === after) return localTime - before;
    const first = localTime - Math.max(before, after);
    if (first + this.offsetMs(first) === localTime) return first;
    const second = localTime - Math.min(before, after);
    if (second + this.offsetMs(second) === localTime) return second;
    return localTime - before;
  }

  private learnSpan(span: number): number | ClockChange {
    const start = span * SPAN_MS;
    const beforeMs = this.readOffset(start);
    const afterMs = this.readOffset(start + SPAN_MS - 1);
    const learnt = beforeMs === afterMs ? beforeMs : this.findChange(start, beforeMs, afterMs);
    if (this.spans.size >= SPANS_MAX) this.spans.clear();
    this.spans.set(span, learnt);
    return learnt;
  }

  private findChange(start: number, beforeMs: number, afterMs: number): ClockChange {
    let low = start;
    let high = start + SPAN_MS - 1;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.readOffset(middle) === beforeMs) low = middle;
      else high = middle;
    }
    return { at: high, beforeMs, afterMs };
  }

  private readOffset(instant: number): number {
    const wholeSecond = Math.floor(instant / 1000) * 1000;
    const parts: Record<string, string> = {};
    for (const part of this.clock.formatToParts(wholeSecond)) parts[part.type] = part.value;
    const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
    local.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
    return local.getTime() - wholeSecond;
  }
}

/** Names that Intl still gives in their old spelling. */
const RENAMED: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
  'Etc/UTC': 'UTC',
  'Etc/GMT': 'UTC',
  GMT: 'UTC',
};
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const ZONE_NAME_MAX = 64;
const canonicalNames = new Map<string, string | undefined>();
const zones = new Map<string, TimeZone>();

/** The canonical name of an IANA zone written in any case; undefined for an unknown one and for offsets such as `+02:00` (A88). */
export function canonicalZone(name: string): string | undefined {
  if (canonicalNames.has(name)) return canonicalNames.get(name);
  const canonical = name.length <= ZONE_NAME_MAX && ZONE_NAME.test(name) ? resolveZone(name) : undefined;
  if (canonicalNames.size >= ZONES_MAX) canonicalNames.clear();
  canonicalNames.set(name, canonical);
  return canonical;
}

function resolveZone(name: string): string | undefined {
  try {
    const resolved = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
    return RENAMED[resolved] ?? resolved;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone of that name, learnt once. Throws a RangeError for a name that `canonicalZone` does not know. */
export function timeZone(name: string): TimeZone {
  const known = zones.get(name);
  if (known) return known;
  const canonical = canonicalZone(name);
  if (canonical === undefined) throw new RangeError(`Not a time zone: ${name.slice(0, ZONE_NAME_MAX)}`);
  const zone = new TimeZone(canonical);
  if (zones.size >= ZONES_MAX) zones.clear();
  zones.set(name, zone);
  return zone;
}
