import type { JsonObject } from '@poinciana/contracts';
import { derivedId } from '@poinciana/event-sourcing';
import type { AgentRuntime } from '../agents/agent-runtime.js';
import { declaredResults } from '../agents/declared-results.js';
import type { SessionFacts } from '../domain/session.js';
import type { CommunicationOrigin } from './communication-writer.js';
import { inboxCommandId } from './inbox-entries.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { RoutedMessage } from './route-messages.js';
import type { SessionMessage } from './send-session-messages.js';
import type { CommandForSession } from './session-writer.js';

/** What the agent does with a message, checked against what it declares. */
export interface ConversationTurn {
  readonly results: JsonObject;
  readonly answer: string | undefined;
  /** The conversation ends with these results ([C]8). */
  readonly closes: boolean;
}

/** Where a message belongs. */
export interface Conversation {
  readonly session: SessionFacts;
  readonly origin: CommunicationOrigin;
  /** What the campaign told the agent about the person. */
  readonly customerContext: JsonObject;
}

/** The agent's part of a conversation. */
export class TakeTurns {
  private readonly byName: ReadonlyMap<string, AgentRuntime>;

  constructor(
    runtimes: readonly AgentRuntime[],
    private readonly definitions: KnownDefinitions,
  ) {
    this.byName = new Map(runtimes.map((runtime) => [runtime.name, runtime]));
  }

  /** Asks the agent of the session; one that is gone, or that answers in its own time, says nothing here. */
  async take(
    { entry, notice }: RoutedMessage,
    { session, customerContext }: Conversation,
  ): Promise<ConversationTurn | undefined> {
    const workspace = (await this.definitions.workspaces([entry.workspace])).get(entry.workspace);
    const agent = workspace?.agents[session.agentId];
    const runtime = agent && this.byName.get(agent.runtime);
    if (workspace === undefined || agent === undefined || runtime === undefined) return undefined;
    const turn = await runtime.respond({ agent, text: notice.text, customerContext });
    const { results } = declaredResults(agent, turn.results, workspace.timeZone);
    return { results, answer: turn.answer, closes: turn.close };
  }
}

/** The message in the transcript. */
export function receivedCommand(message: RoutedMessage, { session, origin }: Conversation): CommandForSession {
  const { entry, notice } = message;
  const { address, providerMessageId, text } = notice;
  const causation = inboxCommandId(entry);
  return {
    sessionId: session.id,
    command: { type: 'ReceiveMessage', session, address, messageId: causation, providerMessageId, text },
    commandId: causation,
    causation,
    origin,
    at: entry.receivedAt,
  };
}

/** The intent of the agent's answer, stored before it is sent. */
export function answerCommands(
  message: RoutedMessage,
  { session, origin }: Conversation,
  turn: ConversationTurn | undefined,
): readonly CommandForSession[] {
  if (turn?.answer === undefined) return [];
  const messageId = answerIdOf(message);
  const { address } = message.notice;
  return [
    {
      sessionId: session.id,
      command: { type: 'SendMessage', session, address, messageId, text: turn.answer },
      commandId: messageId,
      causation: inboxCommandId(message.entry),
      origin,
      at: message.entry.receivedAt,
    },
  ];
}

/** Answers whose intent was stored just now; one that was stored before may have been sent, and is not sent again. */
export function answersOf(
  message: RoutedMessage,
  { session, origin }: Conversation,
  turn: ConversationTurn | undefined,
  appended: ReadonlySet<string>,
): readonly SessionMessage[] {
  const messageId = answerIdOf(message);
  if (turn?.answer === undefined || !appended.has(messageId)) return [];
  const { address, providerMessageId, subject } = message.notice;
  const content = { type: 'text', text: turn.answer, thread: { inReplyTo: providerMessageId, subject } } as const;
  return [{ sessionId: session.id, messageId, channelId: session.channelId, address, content, origin }];
}

/** The id of an agent's answer, and of the command that brings it into the transcript. */
export function answerIdOf({ entry }: RoutedMessage): string {
  return derivedId(inboxCommandId(entry), 'answer');
}
