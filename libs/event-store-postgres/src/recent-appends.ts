import {
  type CheckedEvent,
  type CheckedWrite,
  lazyEvent,
  READ_LOG_CHARACTERS_MAX,
  type StoredEvent,
} from '@poinciana/event-sourcing';

/** What is kept of the appends of this process, and for how long: its readers stand close behind them. */
export const RECENT_EVENTS_MAX = 20_000;
/** Room for as many events of an ordinary size; wide ones would fill the heap of a small process, at two bytes a character. */
const RECENT_CHARACTERS_MAX = 16 * 1024 * 1024;
/** Personal values are not kept in memory for longer than this. */
const RECENT_AGE_MAX_MS = 30_000;

/** A write that was appended, and the place of its last event. */
export interface AppendedWrite {
  readonly write: CheckedWrite;
  readonly last: number;
}

/** Events of one append, which stand in the log one behind the other. */
interface RecentRun {
  readonly first: number;
  /** What they hold stays text until somebody asks, and is parsed once for all who do. */
  readonly events: readonly StoredEvent[];
  /** Characters of JSON of each of them, and of all. */
  readonly sizes: readonly number[];
  readonly characters: number;
  readonly keptAt: number;
}

/** A part of the log without a gap. */
export interface RecentPage {
  readonly events: readonly StoredEvent[];
  /** Characters of JSON of each of them, and of all. */
  readonly sizes: readonly number[];
  readonly characters: number;
}

/**
 * What this process appended last. A reader that stands right behind finds it here and does not ask the database for what
 * this process knew a moment ago. It says nothing of what others appended: only places that are known are answered.
 */
export class RecentAppends {
  /** In the order of the log. */
  private readonly runs: RecentRun[] = [];
  private events = 0;
  private characters = 0;
  private redactions = 0;
  /** Runs while there is something to drop: where nobody reads, nobody else would drop it. */
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly shard: number) {}

  /** To be taken before an append and given to `keep` after it. */
  get generation(): number {
    return this.redactions;
  }

  get isEmpty(): boolean {
    return this.runs.length === 0;
  }

  /** Keeps what one append wrote, in the order of the log; nothing when something was redacted while it was under way. */
  keep(appended: readonly AppendedWrite[], generation: number): void {
    const [one] = appended;
    if (one === undefined || generation !== this.redactions) return;
    const events = appended.flatMap((write) => this.eventsOf(write));
    const sizes = appended.flatMap(({ write }) => write.events.map(charactersOf));
    const characters = sizes.reduce((sum, size) => sum + size, 0);
    const first = one.last - one.write.events.length + 1;
    let at = this.runs.length;
    while ((this.runs[at - 1]?.first ?? 0) > first) at -= 1;
    this.runs.splice(at, 0, { first, events, sizes, characters, keptAt: performance.now() });
    this.events += events.length;
    this.characters += characters;
    this.drop();
  }

  /** The events right behind a place, without a gap, as many as are known; none when the first is not. */
  read(after: number, limit: number): RecentPage {
    this.drop();
    const events: StoredEvent[] = [];
    const sizes: number[] = [];
    let characters = 0;
    for (let at = this.runAt(after + 1); ; at += 1) {
      const run = this.runs[at];
      const next = after + 1 + events.length;
      if (run === undefined || next < run.first || next >= run.first + run.events.length)
        return { events, sizes, characters };
      for (let index = next - run.first; index < run.events.length; index += 1) {
        const event = run.events[index];
        if (event === undefined) break;
        const size = run.sizes[index] ?? 0;
        events.push(event);
        sizes.push(size);
        characters += size;
        if (events.length >= limit || characters >= READ_LOG_CHARACTERS_MAX) return { events, sizes, characters };
      }
    }
  }

  /** Forgets all of it, also what is being appended in this moment: something personal is taken out of the log. */
  forget(): void {
    this.redactions += 1;
    this.runs.length = 0;
    this.events = 0;
    this.characters = 0;
    this.drop();
  }

  private eventsOf({ write: { stream, expectedRevision, events }, last }: AppendedWrite): readonly StoredEvent[] {
    return events.map(({ event, data, personal }, index) => {
      const position = { shard: this.shard, number: last - events.length + 1 + index };
      return lazyEvent(event, { stream, revision: expectedRevision + 1 + index, position }, data, personal);
    });
  }

  /** Where the last run stands that begins at a place or before it; -1 when there is none. */
  private runAt(number: number): number {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.runs[middle]?.first ?? Infinity) > number) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** The oldest go first. */
  private drop(): void {
    const oldest = performance.now() - RECENT_AGE_MAX_MS;
    for (let run = this.runs[0]; run !== undefined; run = this.runs[0]) {
      const isWithin = this.events <= RECENT_EVENTS_MAX && this.characters <= RECENT_CHARACTERS_MAX;
      if (isWithin && run.keptAt > oldest) return this.dropIn(run.keptAt - oldest);
      this.runs.shift();
      this.events -= run.events.length;
      this.characters -= run.characters;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private dropIn(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.drop();
    }, ms).unref();
  }
}

function charactersOf({ data, personal }: CheckedEvent): number {
  return data.length + (personal?.length ?? 0);
}
