import type { EventStore, Position } from '@poinciana/event-sourcing';
import { bytesOf, logPage, LogPages, type LogPage } from './log-pages.js';

/** Events of the log that one page asks for at most; fewer when events are large, so that a page has about PAGE_BYTES. */
export const PAGE_EVENTS_MAX = 5_000;
const PAGE_EVENTS_FIRST = 1_000;
const PAGE_EVENTS_MIN = 10;
const PAGE_BYTES = 8 * 1024 * 1024;

export interface LogTailOptions {
  /** How often the log is looked at for what other processes append, while somebody waits. */
  readonly pollMs?: number;
  readonly pageEventsMax?: number;
  readonly keptEventsMax?: number;
  readonly keptBytesMax?: number;
}

const POLL_MS = 25;
const KEPT_EVENTS_MAX = 15_000;
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
const KEPT_AGE_MAX_MS = 60_000;

const tails = new WeakMap<EventStore, LogTail>();

/** The reader that all groups of this process share for a store. */
export function logTailOf(store: EventStore): LogTail {
  const known = tails.get(store);
  if (known !== undefined) return known;
  const tail = new LogTail(store);
  tails.set(store, tail);
  return tail;
}

/**
 * The one reader of the log in a process. All groups read through it; what one has read, the others find, so the log is
 * read once for all that are at the same place: at its end, or catching up together.
 */
export class LogTail {
  private readonly pages: LogPages;
  private readonly underway = new Map<number, Promise<LogPage>>();
  private readonly waiting = new Map<() => void, Position>();
  private readonly stopListening: () => void;
  private readonly pollMs: number;
  private readonly pageEventsMax: number;
  private pageEvents: number;
  private timer: NodeJS.Timeout | undefined;
  /** The number of the last event when the end was met; nowhere near it while pages are full. */
  private end = Infinity;
  private polling = false;
  private pollAgain = false;

  constructor(
    private readonly store: EventStore,
    options: LogTailOptions = {},
  ) {
    this.pollMs = options.pollMs ?? POLL_MS;
    this.pageEventsMax = Math.min(options.pageEventsMax ?? PAGE_EVENTS_MAX, PAGE_EVENTS_MAX);
    this.pageEvents = Math.min(this.pageEventsMax, PAGE_EVENTS_FIRST);
    this.pages = new LogPages({
      eventsMax: options.keptEventsMax ?? KEPT_EVENTS_MAX,
      bytesMax: options.keptBytesMax ?? KEPT_BYTES_MAX,
      ageMaxMs: KEPT_AGE_MAX_MS,
    });
    this.stopListening = store.onAppended(() => this.poll());
  }

  /** The next events behind a position, in log order; an empty page at the log's end. */
  async read(after: Position): Promise<LogPage> {
    const page = this.pages.find(after);
    if (page === undefined) return this.load(after);
    return { ...page, isLast: (page.events.at(-1)?.position.number ?? 0) >= this.end };
  }

  /** Begins to read the page behind a position, for somebody who will soon ask for it. */
  readAhead(after: Position): void {
    // Whoever asks for the page meets the error himself, or finds that it has passed.
    if (this.pages.find(after) === undefined) this.load(after).catch(() => undefined);
  }

  /** Waits until there may be something behind a position, at most `timeoutMs`, or until `signal`. */
  async waitBehind(after: Position, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.pages.find(after) !== undefined) return;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        clearTimeout(timeout);
        signal.removeEventListener('abort', goOn);
        this.waiting.delete(goOn);
        resolve();
      };
      const timeout = setTimeout(goOn, timeoutMs);
      signal.addEventListener('abort', goOn);
      this.waiting.set(goOn, after);
      this.schedule();
    });
  }

  close(): void {
    this.stopListening();
    clearTimeout(this.timer);
    for (const goOn of [...this.waiting.keys()]) goOn();
  }

  private async load(after: Position): Promise<LogPage> {
    const underway = this.underway.get(after.number);
    if (underway !== undefined) return underway;
    const loading = this.readLog(after);
    this.underway.set(after.number, loading);
    try {
      return await loading;
    } finally {
      this.underway.delete(after.number);
    }
  }

  private async readLog(after: Position): Promise<LogPage> {
    const limit = this.pageEvents;
    const page = logPage(after, await this.store.readLog(after, limit), false);
    this.pages.keep(page);
    if (page.events.length > 0) {
      const fitting = Math.floor((PAGE_BYTES * page.events.length) / bytesOf(page));
      // Grows at most tenfold at a time: large events often follow one another.
      const next = Math.min(fitting, limit * 10, this.pageEventsMax);
      this.pageEvents = Math.max(next, Math.min(PAGE_EVENTS_MIN, this.pageEventsMax));
    }
    const isLast = page.events.length < limit;
    this.end = isLast ? (page.events.at(-1) ?? { position: after }).position.number : Infinity;
    return { ...page, isLast };
  }

  private schedule(): void {
    if (this.timer !== undefined || this.polling) return;
    this.timer = setTimeout(() => this.poll(), this.pollMs);
  }

  /** Looks behind the furthest place that somebody waits at, and wakes all if there is something or the log is away. */
  private poll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.size === 0) return;
    if (this.polling) {
      this.pollAgain = true;
      return;
    }
    this.polling = true;
    const furthest = [...this.waiting.values()].reduce((one, other) => (one.number > other.number ? one : other));
    this.load(furthest).then(
      (page) => this.polled(page.events.length > 0 ? Infinity : furthest.number),
      // Whoever waits reads by himself, meets the error, and reports it.
      () => this.polled(Infinity),
    );
  }

  private polled(foundBehind: number): void {
    this.polling = false;
    for (const [goOn, after] of [...this.waiting]) if (after.number < foundBehind) goOn();
    if (this.pollAgain) {
      this.pollAgain = false;
      this.poll();
    } else if (this.waiting.size > 0) {
      this.schedule();
    }
  }
}
