import {
  type Decider,
  type DomainEvent,
  type EventStore,
  type NewEvent,
  NO_STREAM,
  type StoredEvent,
} from '@poinciana/event-sourcing';

/** Streams that are read whole at once, and events of each in one round. */
const WHOLE_STREAMS_MAX = 500;
const ROUND_EVENTS_MAX = 100;

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
  const readings = streams.map((stream) => new StreamReading(stream, fold, ownIds));
  await readWholeStreams(store, readings);
  return readings.map((reading) => reading.result());
}

/** Who takes the events of one stream, in their order. */
export interface StreamReader {
  readonly stream: string;
  take(event: StoredEvent): void;
}

/** Gives every event of these streams to their readers; holds one page of them, however long the streams are. */
export async function readWholeStreams(store: EventStore, readers: readonly StreamReader[]): Promise<void> {
  for (let from = 0; from < readers.length; from += WHOLE_STREAMS_MAX) {
    const places = readers
      .slice(from, from + WHOLE_STREAMS_MAX)
      .map((reader) => ({ reader, revision: NO_STREAM, taken: 0 }));
    const byStream = new Map(places.map((place) => [place.reader.stream, place]));
    let open = places;
    while (open.length > 0) {
      const tails = open.map(({ reader, revision }) => ({ stream: reader.stream, afterRevision: revision }));
      for (const place of open) place.taken = 0;
      for (const event of await store.readTails(tails, ROUND_EVENTS_MAX)) {
        const place = byStream.get(event.stream);
        if (place === undefined) continue;
        place.reader.take(event);
        place.revision = event.revision;
        place.taken += 1;
      }
      open = open.filter(({ taken }) => taken === ROUND_EVENTS_MAX);
    }
  }
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

class StreamReading<State, Event extends DomainEvent> implements StreamReader {
  private revision = NO_STREAM;
  private stored: State;
  private before: { readonly state: State; readonly revision: number } | undefined;
  private readonly own = new Map<string, StoredEvent>();

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
  }

  result(): BatchStream<State> {
    const { stream, stored, before, own, revision } = this;
    if (before === undefined) return { stream, state: stored, stored, expectedRevision: revision, events: [] };
    return { stream, state: before.state, stored, expectedRevision: before.revision, own, events: [] };
  }
}
