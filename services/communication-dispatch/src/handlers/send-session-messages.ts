import { setTimeout as pause } from 'node:timers/promises';
import { unknownOutcomeRule } from '@poinciana/campaign-definition';
import { derivedId } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { OpenChannel, SendOutcome } from '../channels/channel-adapter.js';
import type { ChannelAdapters } from '../channels/channel-adapters.js';
import type { OutgoingContent } from '../channels/outgoing-content.js';
import type { SessionCommand } from '../domain/session.js';
import type { RateLimits } from '../limits/rate-limits.js';
import { addressKeyOf } from '../storage/open-communication.js';
import type { CommunicationOrigin } from './communication-writer.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';
import type { Slots } from './slots.js';

/** A refusal for now is tried again this often at most, after the pause asked for, while nobody else waits long for it. */
const TRIES_MAX = 3;
const PAUSE_DEFAULT_MS = 250;
const PAUSE_MAX_MS = 2_000;

/** What agents say to one person: two machines that thank each other would never end. */
const ANSWERS_TO_ONE = { points: 60, spanMs: 3_600_000 } as const;

/** What an agent or a user says to a person, once its intent stands in the session. */
export interface SessionMessage {
  readonly sessionId: string;
  readonly messageId: string;
  readonly channelId: string;
  readonly address: string;
  readonly content: OutgoingContent;
  readonly origin: CommunicationOrigin;
  /** Absent for an agent's. */
  readonly user?: string;
  /** It was sent before, and nobody knows what became of that. */
  readonly isAgain?: true;
}

export interface SessionMessageSources {
  readonly clock: Clock;
  readonly definitions: KnownDefinitions;
  readonly channels: ChannelAdapters;
  readonly sessions: SessionWriter;
  readonly slots: Slots;
  readonly limits: RateLimits;
}

const TOO_MANY: SendOutcome = { outcome: 'delayed', code: 'rate_limited', scope: 'person', providerCode: 'not_called' };
const NO_CHANNEL: SendOutcome = { outcome: 'refused', code: 'channel_stopped', providerCode: 'not_called' };

/**
 * Sends messages of sessions: the intent is in the stream before, the outcome after. One whose outcome was lost is said to be
 * `outcome_unknown` and never tried again, unless it is an agent's and its channel is set to `at_least_once` ([C]10): then it stays
 * open, and `WorkOffSessions` tries it again.
 */
export class SendSessionMessages {
  constructor(private readonly sources: SessionMessageSources) {}

  /** Sends and stores what became of each. */
  async send(messages: readonly SessionMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const { definitions, sessions } = this.sources;
    const workspaces = await definitions.workspaces(messages.map(({ origin }) => origin.workspace));
    const outcomes = await Promise.all(
      messages.map(async (message): Promise<readonly CommandForSession[]> => {
        const open = this.sources.channels.open(workspaces.get(message.origin.workspace), message.channelId);
        const adapter = open && this.sources.channels.adapterOf(open.channel.type);
        const { address, messageId: echo, content } = message;
        const outgoing = { address, echo, idempotencyKey: echo, content };
        const outcome =
          open === undefined || adapter === undefined || !open.channel.running
            ? NO_CHANNEL
            : await this.call(message, () => adapter.send(open, outgoing));
        if (outcome.outcome === 'unknown' && staysOpen(message, open)) return [];
        return [outcomeOf(message, outcome, this.sources.clock.now().toISOString())];
      }),
    );
    await sessions.execute(outcomes.flat());
  }

  private async mayAnswer({ user, channelId, address }: SessionMessage): Promise<boolean> {
    if (user !== undefined) return true;
    const key = `answers ${addressKeyOf(channelId, address)}`;
    return (await this.sources.limits.take(key, ANSWERS_TO_ONE, 1)).granted === 1;
  }

  private async call(message: SessionMessage, send: () => Promise<SendOutcome>): Promise<SendOutcome> {
    if (!(await this.mayAnswer(message))) return TOO_MANY;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.sources.slots.run(send);
      if (outcome.outcome !== 'delayed' || attempt === TRIES_MAX) return outcome;
      const pauseMs = outcome.retryAfterMs ?? PAUSE_DEFAULT_MS;
      if (pauseMs > PAUSE_MAX_MS) return outcome;
      await pause(pauseMs);
    }
  }
}

/** It is an agent's, and its channel is set to try again what nobody knows about. */
function staysOpen({ user }: SessionMessage, open: OpenChannel | undefined): boolean {
  return user === undefined && unknownOutcomeRule(open?.channel.settings ?? {}) === 'at_least_once';
}

function outcomeOf(message: SessionMessage, outcome: SendOutcome, at: string): CommandForSession {
  const { sessionId, messageId, origin, isAgain = false } = message;
  const command = commandOf(messageId, outcome, isAgain);
  return { sessionId, command, commandId: derivedId(messageId, 'outcome'), causation: messageId, origin, at };
}

/** Of one that was sent before, a refusal says nothing about the first time. */
function commandOf(messageId: string, outcome: SendOutcome, isAgain: boolean): SessionCommand {
  if (outcome.outcome === 'accepted') {
    const { providerMessageId } = outcome;
    return { type: 'RecordMessageAccepted', messageId, providerMessageId };
  }
  const { providerCode } = outcome;
  const code = isAgain || outcome.outcome === 'unknown' ? 'outcome_unknown' : outcome.code;
  return { type: 'RecordMessageFailed', messageId, code, providerCode };
}
