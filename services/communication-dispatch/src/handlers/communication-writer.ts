import {
  appendedEvent,
  APPEND_EVENTS_MAX,
  NO_STREAM,
  READ_STREAMS_MAX,
  streamName,
  toNewEvents,
  type EventContext,
  type EventStore,
  type NewEvent,
  type StoredEvent,
  type StreamWrite,
} from '@poinciana/event-sourcing';
import { communicationOf, type Communication, type CommunicationEvent } from '../domain/communication.js';
import type { CommunicationCommand } from '../domain/communication-commands.js';
import { communication } from '../domain/communication-decider.js';
import { haveSameTimer, timerChangeOf, type TimerChange } from '../storage/open-communication.js';
import { appendPatiently } from './append-patiently.js';
import { RecentCommunications } from './recent-communications.js';

/** How often a stream that others move in the same moment is decided again. */
const ROUNDS_MAX = 20;
/** Streams of one append: each gets a few events, and all together stay below the store's bound. */
const STREAMS_PER_APPEND = 5_000;
const ACTOR = 'service:communication-dispatch';

/** Who and what a communication belongs to, for its first event. */
export interface CommunicationOrigin {
  readonly workspace: string;
  readonly key: string;
  readonly correlation: string;
  readonly hop: number;
}

/** A command for one communication. The ids of its events follow from `commandId`. */
export interface CommandForCommunication {
  readonly communicationId: string;
  readonly command: CommunicationCommand;
  readonly commandId: string;
  readonly causation: string;
  /** Needed to plan it, and where the chain of causes begins anew (A11); else the last event's are taken over. */
  readonly origin?: CommunicationOrigin;
  readonly actor?: string;
}

/** A communication after its commands. */
export interface WrittenCommunication {
  readonly communicationId: string;
  readonly before: Communication;
  readonly state: Communication;
  readonly revision: number;
  /** The envelope's members of the last event, for whoever goes on from here. */
  readonly last: StoredEvent | undefined;
  /** What these commands appended. */
  readonly events: readonly NewEvent<CommunicationEvent>[];
}

/** The last events of communications that were read already. */
export type KnownLast = ReadonlyMap<string, StoredEvent | undefined>;

/** Last events, some of them only as this process remembers them: others may have gone on since. */
export interface RecalledLast {
  readonly lasts: KnownLast;
  readonly remembered: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Decides many commands and appends what follows in one call: one `readLast`, one append. What others moved meanwhile is
 * read and decided again. Answers every communication named, in the order of first mention, changed or not.
 */
export class CommunicationWriter {
  /** `appendAttemptsMax`: 1 where somebody else repeats the whole; more where nobody else would. */
  constructor(
    private readonly store: EventStore,
    private readonly appendAttemptsMax = 1,
    private readonly recent = new RecentCommunications(),
  ) {}

  /**
   * Throws `TransientError` when the log stays away; what was appended until then stands. Where nothing is to be appended to one of the
   * `remembered`, it is read and decided again.
   */
  async execute(
    commands: readonly CommandForCommunication[],
    known: KnownLast = new Map(),
    remembered = NOBODY,
  ): Promise<readonly WrittenCommunication[]> {
    const byId = grouped(commands);
    const done = new Map<string, WrittenCommunication>();
    let open = [...byId.keys()];
    let lasts = known;
    for (let round = 1; open.length > 0; round += 1) {
      if (round > ROUNDS_MAX)
        throw new Error(`${open.length} communications were changed by others ${ROUNDS_MAX} times in a row`);
      lasts = await this.withLasts(open, lasts);
      const decided = open.map((id) => decide(id, byId.get(id) ?? [], lasts.get(id)));
      const sure = decided.filter(
        ({ communicationId, events }) => round > 1 || events.length > 0 || !remembered.has(communicationId),
      );
      for (const written of await this.append(sure)) done.set(written.communicationId, written);
      open = open.filter((id) => !done.has(id));
      lasts = new Map();
    }
    return [...byId.keys()].flatMap((id) => done.get(id) ?? []);
  }

  /** The last events of communications, by id. */
  async readLast(ids: readonly string[]): Promise<KnownLast> {
    return this.withLasts(ids, new Map());
  }

  /** The same, but what this process has just written is not read; what is decided from it goes to `execute` as remembered. */
  async recall(ids: readonly string[]): Promise<RecalledLast> {
    const lasts = this.recent.among(ids);
    return { remembered: new Set(lasts.keys()), lasts: await this.withLasts(ids, lasts) };
  }

  private async withLasts(ids: readonly string[], known: KnownLast): Promise<KnownLast> {
    const missing = [...new Set(ids.filter((id) => !known.has(id)))];
    if (missing.length === 0) return known;
    const lasts = new Map(known);
    for (let at = 0; at < missing.length; at += READ_STREAMS_MAX) {
      const chunk = missing.slice(at, at + READ_STREAMS_MAX);
      const read = await this.store.readLast(chunk.map(streamOf));
      chunk.forEach((id, index) => lasts.set(id, read[index]));
    }
    return lasts;
  }

  /** What could be appended, or needed nothing; conflicts are missing in the answer. */
  private async append(decided: readonly WrittenCommunication[]): Promise<readonly WrittenCommunication[]> {
    const unchanged = decided.filter(({ events }) => events.length === 0);
    const changed = decided.filter(({ events }) => events.length > 0);
    const written: WrittenCommunication[] = [...unchanged];
    const replayed: WrittenCommunication[] = [];
    for (const chunk of chunksOf(changed)) {
      const outcomes = await appendPatiently(this.store, chunk.map(writeOf), this.appendAttemptsMax);
      for (const [index, each] of chunk.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) throw new Error('The store answered for fewer streams than it was given');
        if (outcome.outcome === 'appended')
          written.push(this.kept(afterAppend(each, outcome.revision, outcome.position)));
        else this.recent.forget(each.communicationId);
        // Replayed: our own events after an append whose answer was lost. What stands there counts, and may have gone on.
        if (outcome.outcome === 'replayed') replayed.push(each);
      }
    }
    return [...written, ...(await this.reread(replayed))];
  }

  private kept(written: WrittenCommunication): WrittenCommunication {
    if (written.last !== undefined) this.recent.keep(written.communicationId, written.last);
    return written;
  }

  private async reread(replayed: readonly WrittenCommunication[]): Promise<readonly WrittenCommunication[]> {
    const lasts = await this.readLast(replayed.map(({ communicationId }) => communicationId));
    return replayed.map((each) => {
      const last = lasts.get(each.communicationId);
      return { ...each, state: communicationOf(last), revision: last?.revision ?? NO_STREAM, last };
    });
  }
}

/**
 * Whether the row may be another one after what was appended. Where nothing was, nobody knows whether the row was ever written: an
 * earlier try may have been cut behind its append.
 */
export function mayMoveTimer({ before, state, events }: WrittenCommunication): boolean {
  return events.length === 0 || before === null || state === null || !haveSameTimer(before, state);
}

/** The row that follows from a communication as it was written; none for what was never planned. */
export function timerChangesOf({ state, revision, last }: WrittenCommunication): readonly TimerChange[] {
  return state === null || last === undefined ? [] : [timerChangeOf(last.workspace, state, revision)];
}

function grouped(
  commands: readonly CommandForCommunication[],
): ReadonlyMap<string, readonly CommandForCommunication[]> {
  const byId = new Map<string, CommandForCommunication[]>();
  for (const command of commands) {
    const same = byId.get(command.communicationId);
    if (same === undefined) byId.set(command.communicationId, [command]);
    else same.push(command);
  }
  return byId;
}

function streamOf(communicationId: string): string {
  return streamName('communication', communicationId);
}

function decide(
  communicationId: string,
  commands: readonly CommandForCommunication[],
  last: StoredEvent | undefined,
): WrittenCommunication {
  const before = communicationOf(last);
  let state = before;
  let envelope: CommunicationOrigin | undefined = last;
  const events: NewEvent<CommunicationEvent>[] = [];
  for (const each of commands) {
    const decided = communication.decide(each.command, state);
    if (decided.length === 0) continue;
    envelope = each.origin ?? envelope;
    if (envelope === undefined) throw new Error(`Communication ${communicationId} begins without an origin`);
    events.push(...toNewEvents(contextOf(each, envelope), each.commandId, streamOf(communicationId), decided));
    state = decided.reduce((known, event) => communication.evolve(known, event), state);
  }
  return { communicationId, before, state, revision: last?.revision ?? NO_STREAM, last, events };
}

function contextOf({ command, causation, actor }: CommandForCommunication, origin: CommunicationOrigin): EventContext {
  const { workspace, key, correlation, hop } = origin;
  return { workspace, key, correlation, hop, time: command.at, causation, actor: actor ?? ACTOR };
}

function writeOf({ communicationId, revision, events }: WrittenCommunication): StreamWrite {
  return { stream: streamOf(communicationId), expectedRevision: revision, events };
}

function afterAppend(
  { communicationId, before, state, events }: WrittenCommunication,
  revision: number,
  position: StoredEvent['position'],
): WrittenCommunication {
  const event = events.at(-1);
  const last = event && appendedEvent(event, { stream: streamOf(communicationId), revision, position });
  return { communicationId, before, state, revision, last, events };
}

/** Appends of a bounded number of streams and events. */
function* chunksOf(changed: readonly WrittenCommunication[]): Generator<readonly WrittenCommunication[]> {
  let chunk: WrittenCommunication[] = [];
  let events = 0;
  for (const each of changed) {
    if (chunk.length >= STREAMS_PER_APPEND || events + each.events.length > APPEND_EVENTS_MAX) {
      yield chunk;
      chunk = [];
      events = 0;
    }
    chunk.push(each);
    events += each.events.length;
  }
  if (chunk.length > 0) yield chunk;
}
