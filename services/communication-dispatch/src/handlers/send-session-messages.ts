import { setTimeout as pause } from 'node:timers/promises';
import { derivedId } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { SendOutcome } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { OutgoingContent } from '../channels/outgoing-content.js';
import type { SessionCommand } from '../domain/session.js';
import type { CommunicationOrigin } from './communication-writer.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';
import type { Slots } from './slots.js';

/** A refusal for now is tried again this often at most, after the pause asked for, while nobody else waits long for it. */
const TRIES_MAX = 3;
const PAUSE_DEFAULT_MS = 250;
const PAUSE_MAX_MS = 2_000;

/** What an agent or a user says to a person, once its intent stands in the session. */
export interface SessionMessage {
  readonly sessionId: string;
  readonly messageId: string;
  readonly channelId: string;
  readonly address: string;
  readonly content: OutgoingContent;
  readonly origin: CommunicationOrigin;
  readonly actor?: string;
}

export interface SessionMessageSources {
  readonly clock: Clock;
  readonly definitions: KnownDefinitions;
  readonly channels: ChannelAdapters;
  readonly sessions: SessionWriter;
  readonly slots: Slots;
}

const NO_CHANNEL: SendOutcome = { outcome: 'refused', code: 'channel_stopped', providerCode: 'not_called' };

/**
 * Sends messages of sessions, each at most once: the intent is in the stream before, the outcome after, and what became of one
 * whose outcome was lost is said as `outcome_unknown`, never tried again ([C]10).
 */
export class SendSessionMessages {
  constructor(private readonly sources: SessionMessageSources) {}

  /** Sends and stores what became of each. */
  async send(messages: readonly SessionMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const { definitions, sessions } = this.sources;
    const workspaces = await definitions.workspaces(messages.map(({ origin }) => origin.workspace));
    const outcomes = await Promise.all(
      messages.map(async (message): Promise<CommandForSession> => {
        const open = this.sources.channels.open(workspaces.get(message.origin.workspace), message.channelId);
        const adapter = open && this.sources.channels.adapterOf(open.channel.type);
        const isAble = open !== undefined && adapter !== undefined && open.channel.running;
        const { address, messageId: echo, content } = message;
        const outgoing = { address, echo, idempotencyKey: echo, content };
        const outcome = isAble ? await this.call(() => adapter.send(open, outgoing)) : NO_CHANNEL;
        return outcomeOf(message, outcome, this.sources.clock.now().toISOString());
      }),
    );
    await sessions.execute(outcomes);
  }

  private async call(send: () => Promise<SendOutcome>): Promise<SendOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.sources.slots.run(send);
      if (outcome.outcome !== 'delayed' || attempt === TRIES_MAX) return outcome;
      const pauseMs = outcome.retryAfterMs ?? PAUSE_DEFAULT_MS;
      if (pauseMs > PAUSE_MAX_MS) return outcome;
      await pause(pauseMs);
    }
  }
}

function outcomeOf(message: SessionMessage, outcome: SendOutcome, at: string): CommandForSession {
  const { sessionId, messageId, origin } = message;
  const command = commandOf(messageId, outcome);
  return { sessionId, command, commandId: derivedId(messageId, 'outcome'), causation: messageId, origin, at };
}

function commandOf(messageId: string, outcome: SendOutcome): SessionCommand {
  if (outcome.outcome === 'accepted') {
    const { providerMessageId } = outcome;
    return { type: 'RecordMessageAccepted', messageId, providerMessageId };
  }
  const { providerCode } = outcome;
  const code = outcome.outcome === 'unknown' ? 'outcome_unknown' : outcome.code;
  return { type: 'RecordMessageFailed', messageId, code, providerCode };
}
