import { Logger } from '@nestjs/common';
import { formatPosition, TransientError, type EventStore, type Position } from '@poinciana/event-sourcing';
import type { ProgressSource } from '@poinciana/service-kit';
import { liveNumbers, type LiveNumbers } from '../counters/campaign-numbers.js';
import type { CounterView } from '../counters/counter-view.js';
import { type LiveChanges, liveChanges, watchedKey } from './live-changes.js';

/** How often the log is looked at while somebody watches. */
const LOOK_EVERY_MS = 250;
const PAGE_EVENTS = 2_000;
/** Whoever resumes further behind than this reads everything again. */
export const RESUME_EVENTS_MAX = 10_000;
/** Messages that wait for one slow watcher; with the next one all are dropped for a `reload`. */
export const WAITING_MESSAGES_MAX = 64;
export const WATCHERS_MAX = 1_000;

export interface LiveMessage {
  /** A position of the log: where a watcher resumes. */
  readonly id: string;
  /** `reload`: messages were left out, so everything is to be read again. */
  readonly type: 'changed' | 'reload';
  readonly data: LiveData;
}

/** What a `changed` says; a `reload` says nothing but the numbers. */
export interface LiveData extends Partial<LiveChanges> {
  /** The numbers of the campaign, at least as new as the changes. */
  readonly numbers: LiveNumbers;
}

/** Somebody who watches one campaign. Messages wait here, within a bound, so that a slow one never holds up another. */
export class Watcher {
  private waiting: LiveMessage[] = [];
  private wake: (() => void) | undefined;
  private isClosed = false;

  constructor(
    readonly workspace: string,
    readonly campaignId: string,
    /** Up to where a watcher has seen everything when it begins. */
    readonly begin: Position,
  ) {}

  push(message: LiveMessage): void {
    if (this.waiting.length >= WAITING_MESSAGES_MAX)
      this.waiting = [{ id: message.id, type: 'reload', data: { numbers: message.data.numbers } }];
    else this.waiting.push(message);
    this.wake?.();
  }

  get key(): string {
    return watchedKey(this.workspace, this.campaignId);
  }

  close(): void {
    this.isClosed = true;
    this.wake?.();
  }

  /** The messages that wait, when there are some; undefined at the end, or after `timeoutMs` an empty list. */
  async next(timeoutMs: number): Promise<readonly LiveMessage[] | undefined> {
    if (this.waiting.length === 0 && !this.isClosed) await this.untilWoken(timeoutMs);
    const messages = this.waiting;
    this.waiting = [];
    return this.isClosed ? undefined : messages;
  }

  private async untilWoken(timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, timeoutMs);
      this.wake = () => {
        clearTimeout(timeout);
        resolve();
      };
    });
    this.wake = undefined;
  }
}

/**
 * Tells watchers what happened, from the log itself and for all of them at once, and only when the read models show it. Consumers
 * know nothing of it, so nothing here can slow them.
 */
export class LiveFeed {
  private readonly log = new Logger('live');
  private readonly watchers = new Set<Watcher>();
  private at: Position | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(
    private readonly store: EventStore,
    private readonly progress: ProgressSource,
    private readonly groups: readonly string[],
    private readonly counters: CounterView,
  ) {}

  get isFull(): boolean {
    return this.watchers.size >= WATCHERS_MAX;
  }

  /** Begins to watch, after a position when one resumes; else, and after a reload, behind what the read models show. */
  async watch(workspace: string, campaignId: string, after?: Position): Promise<Watcher> {
    const head = await this.store.head();
    const shown = { ...head, number: Math.min(head.number, await this.shownUpTo()) };
    const from = after ?? shown;
    const isLost = shown.number - from.number > RESUME_EVENTS_MAX || from.number > head.number;
    const watcher = new Watcher(workspace, campaignId, isLost ? shown : from);
    const upTo = (this.at ??= shown);
    // Added before it catches up: what the others are told meanwhile is not missed. Out of order it is no harm, only read again.
    this.watchers.add(watcher);
    if (isLost) await this.push([watcher], shown, 'reload');
    else await this.catchUp(watcher, from, upTo);
    this.schedule();
    return watcher;
  }

  leave(watcher: Watcher): void {
    watcher.close();
    this.watchers.delete(watcher);
    if (this.watchers.size === 0) this.at = undefined;
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const watcher of [...this.watchers]) this.leave(watcher);
  }

  /** What a watcher missed up to where the others are. */
  private async catchUp(watcher: Watcher, from: Position, to: Position): Promise<void> {
    for (let after = from; after.number < to.number;) {
      const events = (await this.store.readLog(after, PAGE_EVENTS)).filter(
        ({ position }) => position.number <= to.number,
      );
      const last = events.at(-1);
      if (last === undefined) return;
      const changes = liveChanges(events, (key) => key === watcher.key).get(watcher.key);
      if (changes !== undefined) await this.push([watcher], last.position, 'changed', changes);
      after = last.position;
    }
  }

  private schedule(): void {
    if (this.timer !== undefined || this.isLooking || this.watchers.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.isLooking = true;
      this.look()
        .catch((error: unknown) => this.met(error))
        .finally(() => {
          this.isLooking = false;
          this.schedule();
        });
    }, LOOK_EVERY_MS);
  }

  /** The log or the database is away: the next look finds out again. Anything else is a bug, and somebody must hear of it. */
  private met(error: unknown): void {
    if (error instanceof TransientError) return;
    this.log.error(`Live messages wait for the next look: ${error instanceof Error ? error.name : 'unknown'}`);
  }

  private async look(): Promise<void> {
    if (this.at === undefined) return;
    const upTo = await this.shownUpTo();
    if (this.at === undefined || upTo <= this.at.number) return;
    if (upTo - this.at.number > RESUME_EVENTS_MAX) return this.skipTo({ ...this.at, number: upTo });
    const events = (await this.store.readLog(this.at, PAGE_EVENTS)).filter(({ position }) => position.number <= upTo);
    const last = events.at(-1);
    if (last === undefined) return;
    await this.tell(events, last.position);
    this.at = last.position;
  }

  /** The number in the log up to which all read models show it. */
  private async shownUpTo(): Promise<number> {
    const shown = await Promise.all(this.groups.map((group) => this.progress.progressOf(group)));
    return Math.min(...shown.map(({ position }) => position.number));
  }

  private async tell(events: Parameters<typeof liveChanges>[0], position: Position): Promise<void> {
    const watched = this.watched();
    for (const [key, own] of liveChanges(events, (each) => watched.has(each))) {
      const behind = watched.get(key)?.filter(({ begin }) => position.number > begin.number) ?? [];
      await this.push(behind, position, 'changed', own);
    }
  }

  /** Who watches what, by `watchedKey`. */
  private watched(): ReadonlyMap<string, readonly Watcher[]> {
    const watched = new Map<string, Watcher[]>();
    for (const watcher of this.watchers) watched.set(watcher.key, [...(watched.get(watcher.key) ?? []), watcher]);
    return watched;
  }

  /** Tells those who watch the same (`watchedKey`) the same, with the numbers, which are read once for all of them. */
  private async push(
    watchers: readonly Watcher[],
    position: Position,
    type: LiveMessage['type'],
    changes: Partial<LiveChanges> = {},
  ): Promise<void> {
    const [first] = watchers;
    if (first === undefined) return;
    const numbers = liveNumbers(await this.counters.of(first.workspace, first.campaignId));
    for (const watcher of watchers) watcher.push({ id: formatPosition(position), type, data: { ...changes, numbers } });
  }

  /** During a large import nobody can look at single rows: everybody is told to read again. */
  private async skipTo(position: Position): Promise<void> {
    this.at = position;
    for (const watchers of this.watched().values()) await this.push(watchers, position, 'reload');
  }
}
