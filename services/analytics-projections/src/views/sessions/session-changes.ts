import type { JsonObject, session as contract } from '@poinciana/contracts';
import { streamIdOf, type StoredEvent } from '@poinciana/event-sourcing';

export type MessageDirection = 'sent' | 'received';

/** What a batch tells of a session: events of one session may come in different batches in any order, so it only adds. */
export interface SessionChange {
  readonly session: contract.Session;
  readonly workspace: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly closed?: { readonly at: string; readonly reason: string; readonly results: JsonObject | null };
}

export interface MessageChange {
  readonly sessionId: string;
  readonly revision: number;
  readonly workspace: string;
  readonly at: string;
  readonly direction: MessageDirection;
  /** '' once it was erased. */
  readonly text: string;
}

export interface ConcernChange {
  readonly sessionId: string;
  readonly workspace: string;
  readonly participantId: string;
  readonly campaignId: string;
}

export interface SessionChanges {
  readonly sessions: readonly SessionChange[];
  readonly messages: readonly MessageChange[];
  readonly concerns: readonly ConcernChange[];
  readonly erased: readonly Erasure[];
}

/** Nothing of it is kept any more: of a customer, or of a session that a person began, whoever she was. */
export interface Erasure {
  readonly id: string;
  readonly workspace: string;
}

export function sessionChanges(events: readonly StoredEvent[]): SessionChanges {
  const sessions = new Map<string, SessionChange>();
  const messages: MessageChange[] = [];
  const concerns: ConcernChange[] = [];
  const erased: Erasure[] = [];
  for (const event of events) {
    const { workspace, time: at, revision } = event;
    if (event.type === 'CustomerErased') erased.push({ id: streamIdOf(event.stream), workspace });
    const { session } = event.data as Partial<contract.SessionOpened>;
    if (session === undefined) continue;
    if (event.type === 'SessionErased') erased.push({ id: session.id, workspace });
    sessions.set(session.id, changeOf(event, session, sessions.get(session.id)));
    const direction = DIRECTIONS[event.type];
    if (direction !== undefined)
      messages.push({ sessionId: session.id, revision, workspace, at, direction, text: textOf(event) });
    if (event.type === 'IncomingSessionStarted') {
      const { participantId, campaignId } = event.data as contract.IncomingSessionStarted;
      concerns.push({ sessionId: session.id, workspace, participantId, campaignId });
    }
  }
  return { sessions: [...sessions.values()], messages, concerns, erased };
}

const DIRECTIONS: Readonly<Record<string, MessageDirection>> = { MessageSent: 'sent', MessageReceived: 'received' };

function changeOf(event: StoredEvent, session: contract.Session, before: SessionChange | undefined): SessionChange {
  const { workspace, time } = event;
  const closed = event.type === 'SessionClosed' ? { closed: closedBy(event) } : {};
  const { firstAt = time, lastAt = time } = before ?? {};
  return {
    ...before,
    session,
    workspace,
    firstAt: time < firstAt ? time : firstAt,
    lastAt: time > lastAt ? time : lastAt,
    ...closed,
  };
}

function closedBy({ data, personal, time: at }: StoredEvent): NonNullable<SessionChange['closed']> {
  const { results = null } = (personal ?? {}) as { readonly results?: JsonObject };
  return { at, reason: (data as contract.SessionClosed).reason, results };
}

/** PostgreSQL keeps no NUL in a text. */
function textOf({ personal }: StoredEvent): string {
  return ((personal ?? {}) as Partial<contract.MessagePersonal>).text?.replaceAll('\0', '\uFFFD') ?? '';
}
