import { APPEND_EVENTS_MAX, type AppendOutcome, type CheckedWrite, TransientError } from '@poinciana/event-sourcing';

/** How much payload goes into one call, in characters of JSON. A single append may be larger and then goes alone. */
export const CALL_CHARACTERS_MAX = 8 * 1024 * 1024;
/** How many events may wait in this process before further appends wait outside, not yet taken in. */
export const WAITING_EVENTS_MAX = 4 * APPEND_EVENTS_MAX;

/** One append of a caller, waiting for its answer. */
interface Waiting {
  readonly writes: readonly CheckedWrite[];
  readonly events: number;
  readonly characters: number;
  readonly resolve: (outcomes: readonly AppendOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

export type RunCall = (writes: readonly CheckedWrite[]) => Promise<readonly AppendOutcome[]>;

/**
 * The coalescing writer: what waits while calls are under way is appended together by the next one, so that many small appends
 * cost a few commits. Appends to one stream stay in their order and never share a call; others may overtake.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private waitingEvents = 0;
  private readonly underWay = new Set<Promise<void>>();
  private scheduled = false;
  private readonly busy = new Set<string>();
  private readonly outside: Waiting[] = [];

  constructor(
    private readonly run: RunCall,
    private readonly callsMax: number,
  ) {}

  /** How many events have been taken in and are not yet on their way. */
  get eventsWaiting(): number {
    return this.waitingEvents;
  }

  /** Ends with the first of the calls that are under way; at once when none is. */
  async answered(): Promise<void> {
    if (this.underWay.size > 0) await Promise.race(this.underWay);
  }

  add(writes: readonly CheckedWrite[]): Promise<readonly AppendOutcome[]> {
    const events = writes.reduce((sum, write) => sum + write.events.length, 0);
    return new Promise((resolve, reject) => {
      this.outside.push({ writes, events, characters: charactersOf(writes), resolve, reject });
      this.takeIn();
    });
  }

  /** Whoever came first is taken in first: what must wait outside holds up all that came later. */
  private takeIn(): void {
    for (let first = this.outside[0]; first !== undefined && this.hasRoomFor(first); first = this.outside[0]) {
      this.outside.shift();
      this.waiting.push(first);
      this.waitingEvents += first.events;
      this.schedule();
    }
  }

  private hasRoomFor({ events }: Waiting): boolean {
    return this.waitingEvents === 0 || this.waitingEvents + events <= WAITING_EVENTS_MAX;
  }

  /** The next call begins after everybody of this turn of the event loop could join it. */
  private schedule(): void {
    if (this.scheduled || this.underWay.size >= this.callsMax) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const appends = this.take();
      if (appends.length > 0) this.call(appends);
      this.takeIn();
    });
  }

  /** What goes into the next call: the oldest first, as much as fits, no stream that is under way or has an older append waiting. */
  private take(): readonly Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    const blocked = new Set(this.busy);
    let events = 0;
    let characters = 0;
    for (const append of this.waiting) {
      const fits =
        taken.length === 0 ||
        (events + append.events <= APPEND_EVENTS_MAX && characters + append.characters <= CALL_CHARACTERS_MAX);
      if (fits && append.writes.every(({ stream }) => !blocked.has(stream))) {
        taken.push(append);
        events += append.events;
        characters += append.characters;
      } else left.push(append);
      for (const { stream } of append.writes) blocked.add(stream);
    }
    this.waiting = left;
    this.waitingEvents -= events;
    return taken;
  }

  private call(appends: readonly Waiting[]): void {
    const streams = appends.flatMap(({ writes }) => writes.map(({ stream }) => stream));
    for (const stream of streams) this.busy.add(stream);
    const answered = this.answer(appends).then(() => {
      this.underWay.delete(answered);
      for (const stream of streams) this.busy.delete(stream);
      if (this.waiting.length > 0) this.schedule();
    });
    this.underWay.add(answered);
  }

  private async answer(appends: readonly Waiting[]): Promise<void> {
    try {
      let answered = 0;
      const outcomes = await this.run(appends.flatMap(({ writes }) => writes));
      for (const { writes, resolve } of appends) resolve(outcomes.slice(answered, (answered += writes.length)));
    } catch (error) {
      if (error instanceof TransientError || appends.length === 1) for (const { reject } of appends) reject(error);
      // One of them is at fault and the others must not pay for it: each goes by itself, and what was written is answered as replayed.
      else for (const append of appends) await this.answer([append]);
    }
  }
}

function charactersOf(writes: readonly CheckedWrite[]): number {
  return writes.reduce(
    (sum, { events }) =>
      events.reduce((inner, { data, personal }) => inner + data.length + (personal?.length ?? 0), sum),
    0,
  );
}
