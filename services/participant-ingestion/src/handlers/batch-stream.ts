import {
  type Decider,
  type DomainEvent,
  type EventStore,
  type NewEvent,
  NO_STREAM,
  type StoredEvent,
} from '@poinciana/event-sourcing';

/** Streams whose whole tails are read at once, and events of each in one round, when a batch may have been begun before. */
const REPEATED_STREAMS_MAX = 500;
const REPEATED_EVENTS_MAX = 100;

/** One stream of a batch while the batch is decided. */
export interface BatchStream<State> {
  readonly stream: string;
  /** The state before the next item. */
  state: State;
  /** The state of the stream as it stands in the log. */
  readonly stored: State;
  readonly expectedRevision: number;
  /** The events of this very batch that already stand in the stream, by id; `undefined` when there are none. */
  readonly own?: ReadonlyMap<string, StoredEvent>;
  readonly events: NewEvent[];
}

type Fold<State, Event extends DomainEvent> = Pick<Decider<never, State, Event>, 'initialState' | 'evolve'>;

/** A stream that nobody can have written to yet. */
export function newStream<State, Event extends DomainEvent>(
  stream: string,
  fold: Fold<State, Event>,
): BatchStream<State> {
  return { stream, state: fold.initialState, stored: fold.initialState, expectedRevision: NO_STREAM, events: [] };
}

/** Streams whose last event is their whole state. */
export function streamFromLast<State, Event extends DomainEvent>(
  stream: string,
  fold: Fold<State, Event>,
  last: StoredEvent | undefined,
): BatchStream<State> {
  if (last === undefined) return newStream(stream, fold);
  const state = evolveStored(fold, fold.initialState, last);
  return { stream, state, stored: state, expectedRevision: last.revision, events: [] };
}

/**
 * Streams to which this very batch may already have written: each begins with the state before the first event whose id is
 * in `ownIds`. All events of a batch for one stream are written at once, so finding one means that there are no others to come.
 */
export async function streamsBeforeBatch<State, Event extends DomainEvent>(
  store: EventStore,
  streams: readonly string[],
  fold: Fold<State, Event>,
  ownIds: ReadonlySet<string>,
): Promise<readonly BatchStream<State>[]> {
  const found: BatchStream<State>[] = [];
  for (let from = 0; from < streams.length; from += REPEATED_STREAMS_MAX) {
    const readings = streams
      .slice(from, from + REPEATED_STREAMS_MAX)
      .map((stream) => new StreamReading(stream, fold, ownIds));
    let open = readings;
    while (open.length > 0) {
      const tails = open.map(({ stream, revision }) => ({ stream, afterRevision: revision }));
      const byStream = new Map(open.map((reading) => [reading.stream, reading]));
      for (const event of await store.readTails(tails, REPEATED_EVENTS_MAX)) byStream.get(event.stream)?.take(event);
      open = open.filter((reading) => reading.endOfPage() === REPEATED_EVENTS_MAX);
    }
    found.push(...readings.map((reading) => reading.result()));
  }
  return found;
}

/** Takes a stored event into the state. What a stream of ours holds is the promise of its one writer. */
export function evolveStored<State, Event extends DomainEvent>(
  fold: Fold<State, Event>,
  state: State,
  event: StoredEvent,
): State {
  const { type, data, personal } = event;
  return fold.evolve(state, (personal === undefined ? { type, data } : { type, data, personal }) as Event);
}

class StreamReading<State, Event extends DomainEvent> {
  revision = NO_STREAM;
  private stored: State;
  private before: { readonly state: State; readonly revision: number } | undefined;
  private readonly own = new Map<string, StoredEvent>();
  private taken = 0;

  constructor(
    readonly stream: string,
    private readonly fold: Fold<State, Event>,
    private readonly ownIds: ReadonlySet<string>,
  ) {
    this.stored = fold.initialState;
  }

  take(event: StoredEvent): void {
    if (this.ownIds.has(event.id)) {
      this.before ??= { state: this.stored, revision: this.revision };
      this.own.set(event.id, event);
    }
    this.stored = evolveStored(this.fold, this.stored, event);
    this.revision = event.revision;
    this.taken += 1;
  }

  /** How many events the page that ends here had. */
  endOfPage(): number {
    const { taken } = this;
    this.taken = 0;
    return taken;
  }

  result(): BatchStream<State> {
    const { stream, stored, before, own, revision } = this;
    if (before === undefined) return { stream, state: stored, stored, expectedRevision: revision, events: [] };
    return { stream, state: before.state, stored, expectedRevision: before.revision, own, events: [] };
  }
}
