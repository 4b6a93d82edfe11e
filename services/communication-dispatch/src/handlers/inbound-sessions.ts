import type { KnownWorkspace } from '@poinciana/campaign-definition';
import type { JsonObject } from '@poinciana/contracts';
import { derivedId } from '@poinciana/event-sourcing';
import type { SessionFacts } from '../domain/session.js';
import type { InboundNumbers } from '../storage/inbound-numbers.js';
import {
  answerCommands,
  answersOf,
  receivedCommand,
  type Conversation,
  type ConversationTurn,
  type TakeTurns,
} from './conversation-turns.js';
import { inboxCommandId } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';
import { addressKeyOfMessage, type RoutedMessage } from './route-messages.js';
import type { SessionMessage } from './send-session-messages.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';

/** Closed sessions that a message passes by on its way to the open one, at most. */
const CLOSED_MAX = 1_000;

export interface InboundSources {
  readonly sessions: SessionWriter;
  readonly numbers: InboundNumbers;
  readonly definitions: KnownDefinitions;
  readonly turns: TakeTurns;
}

/** A message for an inbound session. */
export interface InboundMessage extends RoutedMessage {
  /** An agent has answered it elsewhere: nobody answers it again. */
  readonly isAnswered?: boolean;
}

/** A message in its inbound session. */
interface Placed {
  readonly message: InboundMessage;
  readonly conversation: Conversation;
}

interface Turned extends Placed {
  readonly turn: ConversationTurn | undefined;
}

/**
 * A message that is nobody's reply opens, or goes on with, the inbound session of its channel and address (A16, A17): one
 * open session, whoever the person is, held by the channel's inbound agent. Which participants it concerns is decided from
 * the session's beginning.
 */
export class TakeInbound {
  constructor(private readonly sources: InboundSources) {}

  /** Into the transcripts, with what the agents do about it; answers what is to be sent now. */
  async take(messages: readonly InboundMessage[]): Promise<readonly SessionMessage[]> {
    if (messages.length === 0) return [];
    const { sessions, turns } = this.sources;
    const placed = await this.place(messages);
    const turned = await Promise.all(
      placed.map(async (each): Promise<Turned> => ({
        ...each,
        turn: each.message.isAnswered === true ? undefined : await turns.take(each.message, each.conversation),
      })),
    );
    const written = await sessions.execute(
      turned.flatMap(({ message, conversation, turn }) => [
        ...answerCommands(message, conversation, turn),
        ...closeCommands(message, conversation, turn),
      ]),
    );
    const appended = new Set(written.flatMap((session) => [...session.appended]));
    return turned.flatMap(({ message, conversation, turn }) => answersOf(message, conversation, turn, appended));
  }

  /** In the session where it stands already, else in the first one after its number that is not closed. */
  private async place(messages: readonly InboundMessage[]): Promise<readonly Placed[]> {
    const { sessions, numbers, definitions } = this.sources;
    const workspaces = await definitions.workspaces(messages.map(({ entry }) => entry.workspace));
    const placed: Placed[] = [];
    const reached = new Map<string, number>();
    let open = await this.withNumbers(messages);
    for (let step = 0; open.length > 0; step += 1) {
      if (step > CLOSED_MAX) throw new Error(`${open.length} messages passed by ${CLOSED_MAX} closed sessions`);
      const tried = open.map(({ message, number }) => ({
        message,
        number,
        conversation: conversationOf(message, number, workspaces.get(message.entry.workspace)),
      }));
      const commands = tried.map(({ message, conversation }) => receivedCommand(message, conversation));
      const written = new Map((await sessions.execute(commands)).map((each) => [each.sessionId, each]));
      open = [];
      for (const each of tried) {
        const session = written.get(each.conversation.session.id);
        if (session?.stands(inboxCommandId(each.message.entry)) !== true)
          open.push({ ...each, number: each.number + 1 });
        else {
          placed.push(each);
          if (each.number > 0) reached.set(addressKeyOfMessage(each.message), each.number);
        }
      }
    }
    await numbers.raise(reached);
    return placed;
  }

  /** Replies that came too late have no number in their route. */
  private async withNumbers(messages: readonly InboundMessage[]) {
    const late = messages.filter(({ route }) => route.to !== 'inbound');
    const newest =
      late.length === 0 ? new Map<string, number>() : await this.sources.numbers.of(late.map(addressKeyOfMessage));
    return messages.map((message) => ({
      message,
      number: message.route.to === 'inbound' ? message.route.number : (newest.get(addressKeyOfMessage(message)) ?? 0),
    }));
  }
}

function conversationOf(message: RoutedMessage, number: number, workspace: KnownWorkspace | undefined): Conversation {
  const { entry } = message;
  const addressKey = addressKeyOfMessage(message);
  const id = inboundSessionId(entry.channelId, addressKey, number);
  const correlation = inboxCommandId(entry);
  return {
    session: inboundSession(id, entry.channelId, workspace),
    origin: { workspace: entry.workspace, key: addressKey, correlation, hop: 0 },
    customerContext: NO_CONTEXT,
  };
}

/** Nobody told the agent anything about a person who writes first. */
const NO_CONTEXT: JsonObject = {};

/** Nobody but its end keeps the results of a conversation without a communication, so they end it. */
function endsInbound({ closes, results }: ConversationTurn): boolean {
  return closes || Object.keys(results).length > 0;
}

function closeCommands(
  message: RoutedMessage,
  { session, origin }: Conversation,
  turn: ConversationTurn | undefined,
): readonly CommandForSession[] {
  if (turn === undefined || !endsInbound(turn)) return [];
  const causation = inboxCommandId(message.entry);
  const { address } = message.notice;
  const { results } = turn;
  return [
    {
      sessionId: session.id,
      command: { type: 'CloseSession', session, address, reason: 'agent', results },
      commandId: derivedId(causation, 'close'),
      causation,
      origin,
      at: message.entry.receivedAt,
    },
  ];
}

function inboundSessionId(channelId: string, addressKey: string, number: number): string {
  return number === 0
    ? derivedId('inbound-session', channelId, addressKey)
    : derivedId('inbound-session', channelId, addressKey, number);
}

/** An inbound session is held by the channel's inbound agent, where there is one. */
export function inboundSession(id: string, channelId: string, workspace: KnownWorkspace | undefined): SessionFacts {
  const agents = Object.values(workspace?.agents ?? {});
  const agent = agents.find((each) => each.inbound && each.channelIds.includes(channelId));
  const channelType = workspace?.channels[channelId]?.type ?? '';
  return { id, channelId, channelType, agentId: agent?.id ?? '', direction: 'inbound' };
}
