import { categoryOf, type Position, sizesOf, type StoredEvent } from '@poinciana/event-sourcing';
import { approximateBytes, ENVELOPE_BYTES } from '../event-size.js';

/** A piece of the log without a gap: everything after one position up to another. */
export interface LogPage {
  readonly after: Position;
  readonly events: readonly StoredEvent[];
  /** The approximate bytes of each event. */
  readonly bytes: readonly number[];
  /** The category of each event, found out once for all groups. */
  readonly categories: readonly string[];
  /** Nothing more was in the log behind it when it was read. */
  readonly isLast: boolean;
}

export function logPage(after: Position, events: readonly StoredEvent[], isLast: boolean): LogPage {
  const categories = events.map(({ stream }) => oneOfEqual(categoryOf(stream)));
  const bytes = sizesOf(events)?.map((characters) => ENVELOPE_BYTES + characters) ?? events.map(approximateBytes);
  return { after, events, bytes, categories, isLast };
}

/** Far more categories than there are. */
const CATEGORIES_MAX = 1_000;
const known = new Map<string, string>();

/** The same text for equal texts, so that it is hashed once and not with every event. */
function oneOfEqual(category: string): string {
  const one = known.get(category);
  if (one !== undefined) return one;
  if (known.size >= CATEGORIES_MAX) known.clear();
  known.set(category, category);
  return category;
}

export function bytesOf(page: LogPage): number {
  return page.bytes.reduce((sum, bytes) => sum + bytes, 0);
}

interface KeptPage {
  readonly page: LogPage;
  readonly bytes: number;
  readonly keptAt: number;
}

export interface LogPagesBounds {
  readonly eventsMax: number;
  readonly bytesMax: number;
  /** Personal values are not kept in memory for longer than this. */
  readonly ageMaxMs: number;
}

/** Events of a page that is put together from small ones. */
const JOINED_EVENTS_MAX = 500;

/** The pages read last, bounded by events, bytes and age. */
export class LogPages {
  private kept: KeptPage[] = [];

  constructor(private readonly bounds: LogPagesBounds) {}

  /** What is kept behind a position, or nothing. */
  find(after: Position): LogPage | undefined {
    this.dropOld();
    for (let index = this.kept.length - 1; index >= 0; index--) {
      const page = this.kept[index]?.page;
      if (page === undefined) continue;
      const last = page.events.at(-1)?.position.number ?? 0;
      if (page.after.number > after.number || last <= after.number) continue;
      const from = firstBehind(page.events, after.number);
      return {
        after,
        events: page.events.slice(from),
        bytes: page.bytes.slice(from),
        categories: page.categories.slice(from),
        isLast: false,
      };
    }
    return undefined;
  }

  keep(page: LogPage): void {
    if (page.events.length === 0) return;
    this.kept.push(this.joined(page));
    let events = 0;
    let bytes = 0;
    for (let index = this.kept.length - 1; index >= 0; index--) {
      events += this.kept[index]?.page.events.length ?? 0;
      bytes += this.kept[index]?.bytes ?? 0;
      if (events > this.bounds.eventsMax || bytes > this.bounds.bytesMax) {
        this.kept = this.kept.slice(index + 1);
        return;
      }
    }
  }

  /** Small pages that follow one another become one, so that few have to be looked through. */
  private joined(page: LogPage): KeptPage {
    const before = this.kept.at(-1);
    const follows = before?.page.events.at(-1)?.position.number === page.after.number;
    if (before === undefined || !follows || before.page.events.length + page.events.length > JOINED_EVENTS_MAX) {
      return { page, bytes: bytesOf(page), keptAt: performance.now() };
    }
    this.kept.pop();
    const events = [...before.page.events, ...page.events];
    const bytes = [...before.page.bytes, ...page.bytes];
    const categories = [...before.page.categories, ...page.categories];
    const joined = { after: before.page.after, events, bytes, categories, isLast: false };
    return { page: joined, bytes: before.bytes + bytesOf(page), keptAt: before.keptAt };
  }

  private dropOld(): void {
    const oldest = performance.now() - this.bounds.ageMaxMs;
    if ((this.kept[0]?.keptAt ?? oldest) < oldest) this.kept = this.kept.filter((one) => one.keptAt >= oldest);
  }
}

/** The index of the first event behind a position, in events in log order. */
function firstBehind(events: readonly StoredEvent[], number: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.position.number ?? Infinity) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}
