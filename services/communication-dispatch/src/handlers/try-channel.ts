import { derivedId, DomainError } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { OutgoingContent } from '../channels/outgoing-content.js';
import { addressKeyOf } from '../storage/open-communication.js';
import type { FindChannel } from './find-channel.js';
import type { ReadSession, SessionHistory } from './read-session.js';
import type { SendSessionMessages } from './send-session-messages.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';

export interface TrialRequest {
  readonly workspace: string;
  readonly channelId: string;
  readonly subject: string;
  readonly causation: string;
  readonly address: string;
  readonly content: OutgoingContent;
}

export interface TrialSources {
  readonly clock: Clock;
  readonly channels: FindChannel;
  readonly sessions: SessionWriter;
  readonly history: ReadSession;
  readonly messages: SendSessionMessages;
}

/** A test send: one message over a channel, as a session of its own that is closed at once. It goes out at most once. */
export class TryChannel {
  constructor(private readonly sources: TrialSources) {}

  /** Throws `DomainError` `channel_not_found`, `channel_not_running`. */
  async send({ workspace, channelId, subject, causation, address, content }: TrialRequest): Promise<SessionHistory> {
    const { clock, channels, sessions, history, messages } = this.sources;
    const { channel } = await channels.find(workspace, channelId);
    if (!channel.running)
      throw new DomainError('channel_not_running', 'The channel is stopped: start it first.', 'conflict');
    const sessionId = derivedId('test-session', workspace, channelId, causation);
    const messageId = derivedId(sessionId, 'message');
    const session = { id: sessionId, channelId, channelType: channel.type, agentId: '', direction: 'outbound' };
    const origin = { workspace, key: addressKeyOf(channelId, address), correlation: causation, hop: 0 };
    const base = { sessionId, causation, origin, at: clock.now().toISOString(), actor: `user:${subject}` };
    const intent: CommandForSession = {
      ...base,
      commandId: messageId,
      command: { type: 'SendMessage', session, address, messageId, text: textOf(content) },
    };
    const [written] = await sessions.execute([intent]);
    if (written?.appended.has(messageId) === true)
      await messages.send([{ sessionId, messageId, channelId, address, content, origin, user: subject }]);
    await sessions.execute([
      {
        ...base,
        commandId: derivedId(sessionId, 'closed'),
        command: { type: 'CloseSession', session, address, reason: 'ended', results: {} },
      },
    ]);
    return history.read(workspace, sessionId);
  }
}

function textOf(content: OutgoingContent): string {
  switch (content.type) {
    case 'text':
      return content.text;
    case 'email':
      return `${content.subject}\n\n${content.body}`;
    case 'call':
      return '[call]';
    default:
      return content.name;
  }
}
