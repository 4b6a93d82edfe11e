import { DomainError, type StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf, isEnded } from '../domain/communication.js';
import type { SessionFacts } from '../domain/session.js';
import type { CommunicationWriter } from './communication-writer.js';
import type { ReadSession as Read, SessionWriter } from './session-writer.js';

/** A session with everything that happened in it. */
export interface SessionHistory extends Read {
  readonly facts: SessionFacts;
  readonly last: StoredEvent;
}

/** Reads from the log itself. A session of another workspace does not exist. */
export class ReadSession {
  constructor(private readonly sessions: SessionWriter) {}

  /** Throws `DomainError` `session_not_found`. */
  async read(workspace: string, sessionId: string): Promise<SessionHistory> {
    const read = (await this.sessions.read([sessionId])).get(sessionId);
    const last = read?.events.at(-1);
    const facts = read?.state.facts;
    if (read === undefined || last === undefined || facts === undefined || last.workspace !== workspace)
      throw new DomainError('session_not_found', 'There is no such session.', 'notFound');
    return { ...read, facts, last };
  }
}

/** Whether the communication of a session has ended: nothing more is said in it, though it is closed only a moment later. */
export async function isOver({ communicationId }: SessionFacts, communications: CommunicationWriter): Promise<boolean> {
  if (communicationId === undefined) return false;
  const state = communicationOf((await communications.readLast([communicationId])).get(communicationId));
  return state !== null && isEnded(state);
}

/** Where the person of a session is reached; empty after an erasure. */
export function sessionAddress({ events }: Read): string {
  const addresses = events.map(({ personal }) => (personal as { readonly address?: string } | undefined)?.address);
  return addresses.findLast((address) => address !== undefined) ?? '';
}

/** The newest message of the person, for channels with threads. */
export function threadOf(events: readonly StoredEvent[]): { readonly inReplyTo: string } | undefined {
  const newest = events.findLast(({ type }) => type === 'MessageReceived');
  const { providerMessageId } = (newest?.data ?? {}) as { readonly providerMessageId?: string };
  return providerMessageId === undefined ? undefined : { inReplyTo: providerMessageId };
}
