import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { later } from '../domain/communication.js';
import { SESSIONS_CLAIM_MAX, type ClaimedSession, type SessionTimers } from '../storage/session-timers.js';
import type { SessionWaits } from './on-sessions.js';
import { sessionAddress } from './read-session.js';
import type { CommandForSession, ReadSession, SessionWriter } from './session-writer.js';

const LEASE_MS = 30_000;

export interface SessionWorkSources<Transaction> {
  readonly clock: Clock;
  readonly timers: SessionTimers<Transaction>;
  readonly sessions: SessionWriter;
  readonly waits: SessionWaits;
}

/**
 * What time does to sessions: a message whose outcome was lost is said to be unknown, and is never sent again; an inbound session
 * that was quiet for long closes.
 */
export class WorkOffSessions<Transaction> {
  constructor(private readonly sources: SessionWorkSources<Transaction>) {}

  /** Answers how many were looked at. */
  async pass(limit: number = SESSIONS_CLAIM_MAX): Promise<number> {
    const { clock, timers, sessions, waits } = this.sources;
    const now = clock.now().toISOString();
    const claimed = await timers.claim(now, limit, LEASE_MS);
    if (claimed.length === 0) return 0;
    const read = await sessions.read(claimed.map(({ sessionId }) => sessionId));
    await sessions.execute(claimed.flatMap(({ sessionId }) => commandsOf(sessionId, read.get(sessionId), waits, now)));
    const after = await sessions.read(claimed.map(({ sessionId }) => sessionId));
    const turns = claimed.map((claim: ClaimedSession) => ({
      ...claim,
      dueAt: nextOf(after.get(claim.sessionId), waits),
    }));
    await timers.turn(turns);
    return claimed.length;
  }
}

function commandsOf(
  sessionId: string,
  read: ReadSession | undefined,
  waits: SessionWaits,
  now: string,
): readonly CommandForSession[] {
  const last = read?.events.at(-1);
  if (read === undefined || last === undefined) return [];
  const { workspace, key, correlation } = last;
  const base = { sessionId, causation: last.id, origin: { workspace, key, correlation, hop: 0 }, at: now };
  const lost = openMessages(read).filter(({ time }) => later(time, waits.settleMs) <= now);
  const settled = lost.map(({ messageId }): CommandForSession => ({
    ...base,
    commandId: derivedId(messageId, 'settled'),
    command: { type: 'RecordMessageFailed', messageId, code: 'outcome_unknown' },
  }));
  return [...settled, ...closing(read, base, waits, now)];
}

function closing(
  read: ReadSession,
  base: Omit<CommandForSession, 'commandId' | 'command'>,
  waits: SessionWaits,
  now: string,
): readonly CommandForSession[] {
  const session = read.state.facts;
  const quietSince = quietSinceOf(read);
  if (session === undefined || quietSince === undefined || later(quietSince, waits.quietMs) > now) return [];
  return [
    {
      ...base,
      commandId: derivedId(session.id, 'quiet', read.revision),
      command: { type: 'CloseSession', session, address: sessionAddress(read), reason: 'duration', results: {} },
      // Somebody who wrote meanwhile keeps it open.
      onlyAtRevision: read.revision,
    },
  ];
}

/** The next instant, or none. */
function nextOf(read: ReadSession | undefined, waits: SessionWaits): string | undefined {
  if (read === undefined) return undefined;
  const quietSince = quietSinceOf(read);
  const settles = openMessages(read).map(({ time }) => later(time, waits.settleMs));
  const instants = [...settles, ...(quietSince === undefined ? [] : [later(quietSince, waits.quietMs)])];
  return instants.sort()[0];
}

function openMessages({
  state,
  events,
}: ReadSession): readonly { readonly messageId: string; readonly time: string }[] {
  return events.flatMap(({ type, data, time }) => {
    const { messageId = '' } = data as { readonly messageId?: string };
    return type === 'MessageSent' && state.open.includes(messageId) ? [{ messageId, time }] : [];
  });
}

/** When anybody last said something in an open inbound session; `undefined` for any other. */
function quietSinceOf({ state, events }: ReadSession): string | undefined {
  if (state.phase !== 'open' || state.facts?.direction !== 'inbound') return undefined;
  return events.findLast(({ type }: StoredEvent) => type === 'MessageReceived' || type === 'MessageSent')?.time;
}
