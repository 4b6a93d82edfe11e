import { type Decider, fold } from '../decider.js';
import { derivedId } from '../derived-id.js';
import { DomainError } from '../errors.js';
import type { DomainEvent, EventContext, NewEvent, StoredEvent } from '../event.js';
import { type AppendOutcome, type EventStore, NO_STREAM, readStream } from '../event-store.js';
import { type Position, START } from '../position.js';
import type { Upcasters } from '../upcasters.js';
import { toNewEvents } from './new-events.js';

/** How often a command is decided before a stream that moves all the time is answered as a conflict. */
export const COMMAND_ATTEMPTS_MAX = 10;

export interface CommandExecution<Command> {
  readonly stream: string;
  readonly command: Command;
  readonly context: EventContext;
  /** Names the command, the same at every repetition: the ids of its events follow from it. */
  readonly commandId: string;
  readonly attemptsMax?: number;
  /** `last` where the last event of a stream carries its whole state; otherwise the stream is read from its beginning. */
  readonly read?: 'stream' | 'last';
  readonly upcasters?: Upcasters;
}

export interface CommandResult<State, Event extends DomainEvent> {
  readonly state: State;
  /** The last known position of the stream, START when it does not exist. A read that waits for it sees the command's effect. */
  readonly position: Position;
  /** What the command caused, as it stands in the log; empty when it was already obeyed. */
  readonly events: readonly NewEvent<Event>[];
}

/** What is known of the stream while a command is executed. */
interface Loaded<State, Event extends DomainEvent> {
  readonly state: State;
  readonly revision: number;
  readonly position: Position;
  readonly lastId?: string;
  /** Events of this very command that were found in the stream, the first of them among what was read. */
  readonly own: readonly StoredEvent<Event>[];
}

/**
 * Load, decide, append. A command whose events already stand in the stream is not decided again; on *replayed* the stored
 * events are folded, on *conflict* what came in between, and the command is decided anew.
 *
 * Throws what `decide` throws, `TransientError` of the store, and `DomainError('conflict')` when the stream moved at every attempt.
 */
export async function executeCommand<Command, State, Event extends DomainEvent>(
  store: EventStore,
  decider: Decider<Command, State, Event>,
  execution: CommandExecution<Command>,
): Promise<CommandResult<State, Event>> {
  const { stream, command, context, commandId, attemptsMax = COMMAND_ATTEMPTS_MAX } = execution;
  const streamReader = new CommandStream(store, decider, execution);
  let loaded = await streamReader.load();
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (loaded.own.length > 0) return alreadyObeyed(loaded);
    const decided = decider.decide(command, loaded.state);
    if (decided.length === 0) return { state: loaded.state, position: loaded.position, events: [] };
    const events = toNewEvents(context, commandId, stream, decided);
    const place = events.findIndex(({ id }) => id === loaded.lastId);
    // Only the last event was read, and it is a later one of this very command: the first stands so many places before it.
    if (place >= 0) return alreadyObeyed(await streamReader.loadBehind(loaded.revision - place - 1));
    const [outcome] = await store.append([{ stream, expectedRevision: loaded.revision, events }]);
    if (outcome?.outcome === 'appended')
      return { state: fold(decider, decided, loaded.state), position: outcome.position, events };
    loaded = await streamReader.loadMore(loaded, outcome);
  }
  throw new DomainError(
    'conflict',
    `${stream} was changed by others ${attemptsMax} times while this was decided`,
    'conflict',
  );
}

function alreadyObeyed<State, Event extends DomainEvent>({
  state,
  position,
  own: events,
}: Loaded<State, Event>): CommandResult<State, Event> {
  return { state, position, events };
}

/** What the decider knows: the event without its envelope. */
function domainEventOf<Event extends DomainEvent>({ type, data, personal }: StoredEvent<Event>): Event {
  return (personal === undefined ? { type, data } : { type, data, personal }) as Event;
}

/** The stream of one command as it is read before and between attempts. */
class CommandStream<Command, State, Event extends DomainEvent> {
  private readonly firstId: string;
  private readonly wholeStream: boolean;

  constructor(
    private readonly store: EventStore,
    private readonly decider: Decider<Command, State, Event>,
    private readonly execution: CommandExecution<Command>,
  ) {
    this.firstId = derivedId(execution.commandId, execution.stream, 0);
    this.wholeStream = execution.read !== 'last';
  }

  async load(): Promise<Loaded<State, Event>> {
    if (this.wholeStream) return this.loadBehind(NO_STREAM);
    const [last] = await this.store.readLast([this.execution.stream]);
    return this.folded(this.nothing(), last === undefined ? [] : [last]);
  }

  /** The stream behind a revision. */
  async loadBehind(revision: number): Promise<Loaded<State, Event>> {
    return this.folded(this.nothing(), await readStream(this.store, this.execution.stream, revision));
  }

  /** After an append that did not append: the stored events say what is so. */
  async loadMore(loaded: Loaded<State, Event>, outcome: AppendOutcome | undefined): Promise<Loaded<State, Event>> {
    if (outcome === undefined) throw new Error(`No outcome for ${this.execution.stream}`);
    return this.folded(loaded, await readStream(this.store, this.execution.stream, loaded.revision));
  }

  private nothing(): Loaded<State, Event> {
    return { state: this.decider.initialState, revision: NO_STREAM, position: START, own: [] };
  }

  private folded(from: Loaded<State, Event>, stored: readonly StoredEvent[]): Loaded<State, Event> {
    const events = stored.map((event) => this.known(event));
    const last = events.at(-1);
    if (last === undefined) return from;
    const start = events.findIndex(({ id }) => id === this.firstId);
    const ids = new Set(events.map((_, index) => derivedId(this.execution.commandId, this.execution.stream, index)));
    const own = start < 0 ? [] : events.slice(start).filter(({ id }) => ids.has(id));
    const state = fold(this.decider, events.map(domainEventOf), from.state);
    return { state, revision: last.revision, position: last.position, lastId: last.id, own };
  }

  /** The log holds events of every type; which of them a stream has is the promise of its one writer. */
  private known(event: StoredEvent): StoredEvent<Event> {
    return (this.execution.upcasters?.upcast(event) ?? event) as StoredEvent<Event>;
  }
}
