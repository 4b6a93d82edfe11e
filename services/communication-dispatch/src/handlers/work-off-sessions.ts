import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { later } from '../domain/communication.js';
import { SESSIONS_CLAIM_MAX, type ClaimedSession, type SessionTimers } from '../storage/session-timers.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { SessionWaits } from './on-sessions.js';
import { sessionAddress } from './read-session.js';
import type { SendSessionMessages, SessionMessage } from './send-session-messages.js';
import type { CommandForSession, ReadSession, SessionWriter } from './session-writer.js';
import { lostMessages, repliesToTryAgain, settlingInstants, type LostMessage } from './try-replies-again.js';

const LEASE_MS = 30_000;

export interface SessionWorkSources<Transaction> {
  readonly clock: Clock;
  readonly timers: SessionTimers<Transaction>;
  readonly sessions: SessionWriter;
  readonly definitions: KnownDefinitions;
  readonly messages: SendSessionMessages;
  readonly waits: SessionWaits;
}

/**
 * What time does to sessions: a message whose outcome was lost is said to be unknown, or sent again where its channel is set so; an
 * inbound session that was quiet for long closes.
 */
export class WorkOffSessions<Transaction> {
  constructor(private readonly sources: SessionWorkSources<Transaction>) {}

  /** Answers how many were looked at. */
  async pass(limit: number = SESSIONS_CLAIM_MAX): Promise<number> {
    const { clock, timers, sessions, definitions, messages, waits } = this.sources;
    const now = clock.now().toISOString();
    const claimed = await timers.claim(now, limit, LEASE_MS);
    if (claimed.length === 0) return 0;
    const read = await sessions.read(claimed.map(({ sessionId }) => sessionId));
    const workspaces = await definitions.workspaces(claimed.map(({ workspace }) => workspace));
    const again: SessionMessage[] = [];
    const commands = claimed.flatMap(({ sessionId, workspace }) => {
      const session = read.get(sessionId);
      if (session === undefined) return [];
      const lost = lostMessages(session, waits.settleMs, now);
      const tried = repliesToTryAgain(session, workspaces.get(workspace), lost);
      again.push(...tried);
      const isTried = new Set(tried.map(({ messageId }) => messageId));
      const settled = lost.filter(({ messageId }) => !isTried.has(messageId));
      return commandsOf(sessionId, session, settled, waits, now);
    });
    await sessions.execute(commands);
    const after = await sessions.read(claimed.map(({ sessionId }) => sessionId));
    const turns = claimed.map((claim: ClaimedSession) => ({
      ...claim,
      dueAt: nextOf(after.get(claim.sessionId), waits, now),
    }));
    await timers.turn(turns);
    // Behind the rows: a crash costs a try, and no wait is used for two.
    await messages.send(again);
    return claimed.length;
  }
}

function commandsOf(
  sessionId: string,
  read: ReadSession,
  lost: readonly LostMessage[],
  waits: SessionWaits,
  now: string,
): readonly CommandForSession[] {
  const last = read.events.at(-1);
  if (last === undefined) return [];
  const { workspace, key, correlation } = last;
  const base = { sessionId, causation: last.id, origin: { workspace, key, correlation, hop: 0 }, at: now };
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
function nextOf(read: ReadSession | undefined, waits: SessionWaits, now: string): string | undefined {
  if (read === undefined) return undefined;
  const quietSince = quietSinceOf(read);
  const settles = settlingInstants(read, waits.settleMs, now);
  const instants = [...settles, ...(quietSince === undefined ? [] : [later(quietSince, waits.quietMs)])];
  return instants.sort()[0];
}

/** When anybody last said something in an open inbound session; `undefined` for any other. */
function quietSinceOf({ state, events }: ReadSession): string | undefined {
  if (state.phase !== 'open' || state.facts?.direction !== 'inbound') return undefined;
  return events.findLast(({ type }: StoredEvent) => type === 'MessageReceived' || type === 'MessageSent')?.time;
}
