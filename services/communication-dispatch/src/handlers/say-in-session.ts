import { derivedId, DomainError } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { CommunicationWriter } from './communication-writer.js';
import { isOver, sessionAddress, type ReadSession, type SessionHistory } from './read-session.js';
import type { SendSessionMessages } from './send-session-messages.js';
import type { SessionWriter } from './session-writer.js';

/** Who asks, and by which request. */
export interface SessionRequest {
  readonly workspace: string;
  readonly sessionId: string;
  readonly subject: string;
  readonly causation: string;
}

export interface SayingSources {
  readonly clock: Clock;
  readonly sessions: SessionWriter;
  readonly history: ReadSession;
  readonly messages: SendSessionMessages;
  readonly writer: CommunicationWriter;
}

/** A user takes part in a session: writes to the person, or ends it. */
export class SayInSession {
  constructor(private readonly sources: SayingSources) {}

  /** Sends a text at most once, however often the request is repeated. Throws `DomainError` `session_not_found`, `session_closed`. */
  async say({ workspace, sessionId, subject, causation }: SessionRequest, text: string): Promise<SessionHistory> {
    const { clock, sessions, history, messages, writer } = this.sources;
    const read = await history.read(workspace, sessionId);
    const { facts, last, events } = read;
    const isSaid = events.some((event) => event.type === 'MessageSent' && event.causation === causation);
    if (!isSaid && (await isOver(facts, writer))) throw closed();
    const messageId = derivedId('said', workspace, sessionId, causation);
    const address = sessionAddress(read);
    const origin = { workspace, key: last.key, correlation: causation, hop: 0 };
    const [written] = await sessions.execute([
      {
        sessionId,
        command: { type: 'SendMessage', session: facts, address, messageId, text },
        commandId: messageId,
        causation,
        origin,
        at: clock.now().toISOString(),
        actor: `user:${subject}`,
      },
    ]);
    if (written?.stands(messageId) !== true) throw closed();
    const content = { type: 'text', text } as const;
    const { channelId } = facts;
    if (written.appended.has(messageId))
      await messages.send([{ sessionId, messageId, channelId, address, content, origin, user: subject }]);
    return history.read(workspace, sessionId);
  }

  /** Ends a session; one that is closed stays as it is. Throws `DomainError` `session_not_found`, `session_of_communication`. */
  async close({ workspace, sessionId, subject, causation }: SessionRequest): Promise<SessionHistory> {
    const { clock, sessions, history } = this.sources;
    const read = await history.read(workspace, sessionId);
    const { facts, last } = read;
    if (facts.communicationId !== undefined)
      throw new DomainError(
        'session_of_communication',
        'The session ends with its communication: cancel that instead.',
        'conflict',
      );
    const reason = 'canceled' as const;
    await sessions.execute([
      {
        sessionId,
        command: { type: 'CloseSession', session: facts, address: sessionAddress(read), reason, results: {} },
        commandId: derivedId('closed', workspace, sessionId, causation),
        causation,
        origin: { workspace, key: last.key, correlation: causation, hop: 0 },
        at: clock.now().toISOString(),
        actor: `user:${subject}`,
      },
    ]);
    return history.read(workspace, sessionId);
  }
}

function closed(): DomainError {
  return new DomainError('session_closed', 'The session is closed and takes no message any more.', 'conflict');
}
