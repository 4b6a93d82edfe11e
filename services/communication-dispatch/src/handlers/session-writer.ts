import {
  derivedId,
  NO_STREAM,
  readStream,
  streamName,
  toNewEvents,
  type DomainEvent,
  type EventStore,
  type NewEvent,
  type StoredEvent,
  type StreamWrite,
} from '@poinciana/event-sourcing';
import { session, type Session, type SessionCommand, type SessionEvent } from '../domain/session.js';
import { appendPatiently } from './append-patiently.js';
import type { CommunicationOrigin } from './communication-writer.js';

const ROUNDS_MAX = 20;
/** Events of one session that are read in the first round; a longer conversation is read on by itself. */
const FIRST_EVENTS_MAX = 200;
export const SESSIONS_MAX = 1_000;
const ACTOR = 'service:communication-dispatch';

/** A command for one session; its events' ids follow from `commandId`, by which a repetition is recognised. */
export interface CommandForSession {
  readonly sessionId: string;
  readonly command: SessionCommand;
  readonly commandId: string;
  readonly causation: string;
  readonly origin: CommunicationOrigin;
  readonly at: string;
  /** Who did it; this service, when absent. */
  readonly actor?: string;
  /** The session most likely does not exist yet: nobody looks before its first append, which says if it does. */
  readonly begins?: boolean;
  /** Obeyed only while the session's last event has this revision: what was decided from what was read. */
  readonly onlyAtRevision?: number;
}

/** What a session has after its commands, and which of them this call appended. */
export interface WrittenSession {
  readonly sessionId: string;
  readonly state: Session;
  /** The ids of the commands that caused events just now. */
  readonly appended: ReadonlySet<string>;
  /** Whether the events of a command stand there, from now or from before, also of one that was not given now. */
  stands(commandId: string): boolean;
}

/** A session as its stream tells it. */
export interface ReadSession {
  readonly state: Session;
  readonly revision: number;
  readonly events: readonly StoredEvent[];
}

const NOTHING: ReadSession = { state: session.initialState, revision: NO_STREAM, events: [] };

/** Sessions are short, so their whole streams are read: a command whose events stand there is not obeyed twice. */
export class SessionWriter {
  constructor(private readonly store: EventStore) {}

  async execute(commands: readonly CommandForSession[]): Promise<readonly WrittenSession[]> {
    const bySession = new Map<string, CommandForSession[]>();
    for (const command of commands)
      bySession.set(command.sessionId, [...(bySession.get(command.sessionId) ?? []), command]);
    const done: WrittenSession[] = [];
    const all = [...bySession.keys()];
    for (let at = 0; at < all.length; at += SESSIONS_MAX)
      done.push(...(await this.executeSome(all.slice(at, at + SESSIONS_MAX), bySession)));
    return done;
  }

  private async executeSome(
    sessionIds: readonly string[],
    commands: ReadonlyMap<string, readonly CommandForSession[]>,
  ): Promise<readonly WrittenSession[]> {
    const done: WrittenSession[] = [];
    let open = sessionIds;
    for (let round = 1; open.length > 0; round += 1) {
      if (round > ROUNDS_MAX)
        throw new Error(`${open.length} sessions were changed by others ${ROUNDS_MAX} times in a row`);
      const isKnownNew = (id: string): boolean => round === 1 && (commands.get(id) ?? []).every(({ begins }) => begins);
      const read = await this.read(open.filter((id) => !isKnownNew(id)));
      const decided = open.map((id) => decide(id, commands.get(id) ?? [], read.get(id) ?? NOTHING));
      const writes = decided.flatMap(({ write }) => write ?? []);
      const outcomes = writes.length === 0 ? [] : await appendPatiently(this.store, writes, 1);
      const conflicts = new Set(
        writes.filter((_, index) => outcomes[index]?.outcome === 'conflict').map(({ stream }) => stream),
      );
      done.push(...decided.filter(({ sessionId }) => !conflicts.has(streamOf(sessionId))));
      open = open.filter((id) => conflicts.has(streamOf(id)));
    }
    return done;
  }

  /** By session id; at most `SESSIONS_MAX` at a time. */
  async read(sessionIds: readonly string[]): Promise<ReadonlyMap<string, ReadSession>> {
    const tails = sessionIds.map((id) => ({ stream: streamOf(id), afterRevision: NO_STREAM }));
    const byStream = new Map<string, StoredEvent[]>();
    for (const event of await this.store.readTails(tails, FIRST_EVENTS_MAX)) {
      const known = byStream.get(event.stream);
      if (known === undefined) byStream.set(event.stream, [event]);
      else known.push(event);
    }
    for (const [stream, events] of byStream) {
      const last = events.at(-1);
      if (events.length === FIRST_EVENTS_MAX && last !== undefined)
        events.push(...(await readStream(this.store, stream, last.revision)));
    }
    return new Map(sessionIds.map((id) => [id, folded(byStream.get(streamOf(id)) ?? [])]));
  }
}

function folded(events: readonly StoredEvent[]): ReadSession {
  // Only this service writes sessions: what a stream of theirs holds is a SessionEvent or unknown to the decider.
  const state = events.reduce(
    (before, event) => session.evolve(before, event as DomainEvent as SessionEvent),
    session.initialState,
  );
  return { state, revision: events.at(-1)?.revision ?? NO_STREAM, events };
}

interface DecidedSession extends WrittenSession {
  readonly write: StreamWrite | undefined;
}

function decide(
  sessionId: string,
  commands: readonly CommandForSession[],
  { state, revision, events: stored }: ReadSession,
): DecidedSession {
  const stream = streamOf(sessionId);
  const ids = new Set(stored.map(({ id }) => id));
  const events: NewEvent<SessionEvent>[] = [];
  const appended = new Set<string>();
  const stands = (commandId: string): boolean =>
    appended.has(commandId) || (ids.size > 0 && ids.has(derivedId(commandId, stream, 0)));
  let after = state;
  for (const { command, commandId, origin, causation, at, actor = ACTOR, onlyAtRevision = revision } of commands) {
    if (stands(commandId) || onlyAtRevision !== revision) continue;
    const decided = session.decide(command, after);
    if (decided.length === 0) continue;
    const { workspace, key, correlation, hop } = origin;
    events.push(
      ...toNewEvents({ workspace, key, correlation, hop, time: at, causation, actor }, commandId, stream, decided),
    );
    after = decided.reduce((before, event) => session.evolve(before, event), after);
    appended.add(commandId);
  }
  const write = events.length === 0 ? undefined : { stream, expectedRevision: revision, events };
  return { sessionId, state: after, appended, stands, write };
}

function streamOf(sessionId: string): string {
  return streamName('session', sessionId);
}
