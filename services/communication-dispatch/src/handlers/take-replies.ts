import {
  derivedId,
  NO_STREAM,
  READ_STREAMS_MAX,
  streamName,
  type EventStore,
  type StoredEvent,
} from '@poinciana/event-sourcing';
import type { InboxOutcome } from '../storage/inbox.js';
import { communicationOf, isEnded, type KnownCommunication } from '../domain/communication.js';
import type { Timers } from '../storage/timers.js';
import { sessionIdOf } from '../domain/communication-decider.js';
import {
  answerCommands,
  answerIdOf,
  answersOf,
  receivedCommand,
  type Conversation,
  type ConversationTurn,
  type TakeTurns,
} from './conversation-turns.js';
import { timerChangesOf, type CommandForCommunication, type CommunicationWriter } from './communication-writer.js';
import type { TakeInbound } from './inbound-sessions.js';
import { sessionOf } from './on-communications.js';
import type { RouteMessages, RoutedMessage } from './route-messages.js';
import type { SessionWriter, WrittenSession } from './session-writer.js';
import type { SendSessionMessages } from './send-session-messages.js';
import { inboxCommandId, type MessageEntry } from './inbox-entries.js';

/** Events of one communication: far more than any has. */
const COMMUNICATION_EVENTS_MAX = 1_000;

export interface ReplySources<Transaction> {
  readonly store: EventStore;
  readonly timers: Timers<Transaction>;
  readonly writer: CommunicationWriter;
  readonly sessions: SessionWriter;
  readonly routes: RouteMessages<Transaction>;
  readonly turns: TakeTurns;
  readonly inbound: TakeInbound;
  readonly messages: SendSessionMessages;
}

type Finished = { readonly number: number; readonly outcome: InboxOutcome };

/** A message of a person, the communication that it replies to, and what the agent does about it. */
interface Reply extends RoutedMessage {
  readonly state: KnownCommunication;
  readonly last: StoredEvent;
  /** The communication has taken it before: this is a repetition. */
  readonly isTaken: boolean;
  readonly conversation: Conversation;
  readonly turn: ConversationTurn | undefined;
}

/**
 * What people write: into the transcript of its conversation first, then to the communication ([C]7, A16), with what the
 * agent makes of it. A message without an open communication is inbound.
 */
export class TakeReplies<Transaction> {
  constructor(private readonly sources: ReplySources<Transaction>) {}

  /** Answers what is finished; what had to be postponed is missing. */
  async take(messages: readonly MessageEntry[]): Promise<readonly Finished[]> {
    if (messages.length === 0) return [];
    const { sessions, writer, timers, routes, inbound } = this.sources;
    const routed = await routes.route(messages);
    const replies = await this.replies(routed);
    const taken = new Set(replies.map(({ entry }) => entry.number));
    const nobodysReply = routed.filter(({ entry }) => !taken.has(entry.number));
    const writtenSessions = await sessions.execute(
      replies.flatMap((reply) => [
        receivedCommand(reply, reply.conversation),
        ...answerCommands(reply, reply.conversation, reply.turn),
      ]),
    );
    const appended = new Set(writtenSessions.flatMap((session) => [...session.appended]));
    const bySession = new Map(writtenSessions.map((session) => [session.sessionId, session]));
    const lasts = new Map(replies.map(({ last, state }) => [state.facts.id, last]));
    // Where nothing is to be appended it is read again: it may have ended or been erased while the agent was asked.
    const written = await writer.execute(replies.flatMap(commandsOf), lasts, new Set(lasts.keys()));
    const after = new Map(written.map((each) => [each.communicationId, each.state]));
    // What was erased on its way goes with its communication: nobody answers it.
    const kept = replies.filter(({ state }) => (after.get(state.facts.id) ?? state).personal !== undefined);
    const missed = kept.flatMap((reply) => {
      const session = bySession.get(reply.conversation.session.id);
      if (!isMissed(reply, session, after.get(reply.state.facts.id) ?? reply.state)) return [];
      return [{ ...reply, isAnswered: session?.stands(answerIdOf(reply)) === true }];
    });
    const changes = written.flatMap(timerChangesOf);
    if (changes.length > 0) await timers.write(changes);
    await this.sources.messages.send([
      ...kept.flatMap((reply) => answersOf(reply, reply.conversation, reply.turn, appended)),
      ...(await inbound.take([...nobodysReply, ...missed])),
    ]);
    return routed.map(({ entry }) => ({ number: entry.number, outcome: 'applied' as const }));
  }

  private async replies(routed: readonly RoutedMessage[]): Promise<readonly Reply[]> {
    const ids = routed.flatMap(({ route }) => (route.to === 'communication' ? [route.communicationId] : []));
    const events = await this.eventsOf([...new Set(ids)]);
    const replies = await Promise.all(
      routed.map(async (message): Promise<readonly Reply[]> => {
        if (message.route.to !== 'communication') return [];
        const stream = streamName('communication', message.route.communicationId);
        const own = events.get(stream) ?? [];
        const last = own.at(-1);
        const state = communicationOf(last);
        if (last === undefined || state === null) return [];
        const isTaken = own.some(({ causation }) => causation === inboxCommandId(message.entry));
        const conversation = conversationOf(message, state);
        const turn = isTaken || isEnded(state) ? undefined : await this.sources.turns.take(message, conversation);
        return [{ ...message, state, last, isTaken, conversation, turn }];
      }),
    );
    return replies.flat();
  }

  private async eventsOf(communicationIds: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const tails = communicationIds.map((id) => ({ stream: streamName('communication', id), afterRevision: NO_STREAM }));
    const byStream = new Map<string, StoredEvent[]>();
    for (let at = 0; at < tails.length; at += READ_STREAMS_MAX) {
      for (const event of await this.sources.store.readTails(
        tails.slice(at, at + READ_STREAMS_MAX),
        COMMUNICATION_EVENTS_MAX,
      )) {
        const own = byStream.get(event.stream);
        if (own === undefined) byStream.set(event.stream, [event]);
        else own.push(event);
      }
    }
    return byStream;
  }
}

/**
 * A reply whose communication ended while it was on its way is inbound too (A16): its session was closed before it, or the communication
 * ended without any reply.
 */
function isMissed({ entry, isTaken }: Reply, session: WrittenSession | undefined, after: KnownCommunication): boolean {
  if (isTaken) return false;
  return session?.stands(inboxCommandId(entry)) !== true || (isEnded(after) && after.facts.repliedAt === undefined);
}

function conversationOf({ entry }: RoutedMessage, { facts, personal }: KnownCommunication): Conversation {
  const { workspace } = entry;
  return {
    session: sessionOf(facts, facts.sessionId ?? sessionIdOf(facts.id)),
    origin: { workspace, key: facts.participantId, correlation: inboxCommandId(entry), hop: 0 },
    customerContext: personal?.customerContext ?? {},
  };
}

/** Replied, and with it the end when the agent closes. The chain of causes begins anew with the person (A11). */
function commandsOf({ entry, state, last, isTaken, turn }: Reply): readonly CommandForCommunication[] {
  if (isTaken) return [];
  const causation = inboxCommandId(entry);
  const { workspace, key } = last;
  const base = {
    communicationId: state.facts.id,
    causation,
    origin: { workspace, key, correlation: causation, hop: 0 },
  };
  const reply: CommandForCommunication = {
    ...base,
    command: { type: 'RecordReply', at: entry.receivedAt },
    commandId: derivedId(causation, 'reply'),
  };
  if (turn === undefined) return [reply];
  const { results, closes } = turn;
  const at = entry.receivedAt;
  if (closes)
    return [
      reply,
      { ...base, command: { type: 'CompleteConversation', results, at }, commandId: derivedId(causation, 'close') },
    ];
  if (Object.keys(results).length === 0) return [reply];
  return [
    reply,
    { ...base, command: { type: 'RecordResults', results, at }, commandId: derivedId(causation, 'results') },
  ];
}
