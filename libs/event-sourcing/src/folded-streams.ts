import type { DomainEvent, StoredEvent } from './event.js';
import { type EventStore, NO_STREAM } from './event-store.js';
import { type Position, START } from './position.js';

/** How many events of one stream are read in a round. */
const TAIL_EVENTS_MAX = 1_000;

export interface FoldedStream<State> {
  readonly state: State;
  /** The revision up to which the stream is folded, NO_STREAM when it does not exist. */
  readonly revision: number;
  readonly position: Position;
}

/** How stored events become a state; `evolve` sees the whole stored event, its position included. */
export interface StreamFold<State> {
  readonly initialState: State;
  evolve(state: State, event: StoredEvent<DomainEvent>): State;
}

/**
 * What a service knows of streams that others write: folded once, kept within a bound, and brought up to date by reading
 * only what came after. A read sees every event that stood in the log when it began.
 */
export class FoldedStreams<State> {
  private readonly folded = new Map<string, FoldedStream<State>>();
  /** Reads of one stream: the one under way, and the one that begins behind it, for all who came meanwhile. */
  private readonly underWay = new Map<string, Promise<FoldedStream<State>>>();
  private readonly next = new Map<string, Promise<FoldedStream<State>>>();

  constructor(
    private readonly store: EventStore,
    private readonly fold: StreamFold<State>,
    private readonly streamsMax = 1_000,
  ) {}

  /** The states of these streams as they are now. A stream that does not exist has the initial state. */
  async read(streams: Iterable<string>): Promise<ReadonlyMap<string, FoldedStream<State>>> {
    const wanted = [...new Set(streams)];
    const known = new Map(wanted.map((stream) => [stream, this.known(stream)]));
    let open: readonly string[] = wanted;
    while (open.length > 0) open = await this.readTails(open, known);
    this.keep(known);
    return known;
  }

  /** The state of one stream as it is now. Those who ask while it is being read share the read behind that one. */
  readOne(stream: string): Promise<FoldedStream<State>> {
    const waiting = this.next.get(stream);
    if (waiting !== undefined) return waiting;
    const underWay = this.underWay.get(stream);
    if (underWay === undefined) return this.readAlone(stream);
    const next = underWay.then(noMatter, noMatter).then(() => this.readAlone(stream));
    this.next.set(stream, next);
    return next;
  }

  private readAlone(stream: string): Promise<FoldedStream<State>> {
    const reading = this.read([stream]).then((read) => read.get(stream) ?? this.known(stream));
    this.next.delete(stream);
    this.underWay.set(stream, reading);
    const end = () => void (this.underWay.get(stream) === reading && this.underWay.delete(stream));
    reading.then(end, end);
    return reading;
  }

  private known(stream: string): FoldedStream<State> {
    return this.folded.get(stream) ?? { state: this.fold.initialState, revision: NO_STREAM, position: START };
  }

  private async readTails(
    streams: readonly string[],
    known: Map<string, FoldedStream<State>>,
  ): Promise<readonly string[]> {
    const tails = streams.map((stream) => ({ stream, afterRevision: known.get(stream)?.revision ?? NO_STREAM }));
    const events = await this.store.readTails(tails, TAIL_EVENTS_MAX);
    const counts = new Map<string, number>();
    for (const event of events) {
      const before = known.get(event.stream) ?? this.known(event.stream);
      const state = this.fold.evolve(before.state, event);
      known.set(event.stream, { state, revision: event.revision, position: event.position });
      counts.set(event.stream, (counts.get(event.stream) ?? 0) + 1);
    }
    return streams.filter((stream) => counts.get(stream) === TAIL_EVENTS_MAX);
  }

  /** Keeps the newest, and forgets what was not asked for the longest. */
  private keep(known: ReadonlyMap<string, FoldedStream<State>>): void {
    for (const [stream, folded] of known) {
      const kept = this.folded.get(stream);
      this.folded.delete(stream);
      this.folded.set(stream, kept !== undefined && kept.revision > folded.revision ? kept : folded);
    }
    for (const stream of this.folded.keys()) {
      if (this.folded.size <= this.streamsMax) return;
      this.folded.delete(stream);
    }
  }
}

/** How the read before ended concerns those who asked for it. */
function noMatter(): void {}
