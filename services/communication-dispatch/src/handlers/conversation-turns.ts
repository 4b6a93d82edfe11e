import type { JsonObject } from '@poinciana/contracts';
import { derivedId } from '@poinciana/event-sourcing';
import type { AgentRuntime } from '../agents/agent-runtime.js';
import { declaredResults } from '../agents/declared-results.js';
import { sessionIdOf } from '../domain/communication-decider.js';
import type { KnownCommunication } from '../domain/communication.js';
import type { KnownDefinitions } from './known-definitions.js';
import { sessionOf } from './on-communications.js';
import type { RoutedMessage } from './route-messages.js';
import type { Answer } from './send-answers.js';
import type { CommandForSession } from './session-writer.js';
import { inboxCommandId } from './inbox-entries.js';

/** What the agent does with a message, checked against what it declares. */
export interface ConversationTurn {
  readonly results: JsonObject;
  readonly answer: string | undefined;
  /** The conversation ends with these results ([C]8). */
  readonly completes: boolean;
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

  /** Asks the agent of the communication; an agent that is gone or of an unknown runtime says nothing. */
  async take(
    { entry, notice }: RoutedMessage,
    { facts, personal }: KnownCommunication,
  ): Promise<ConversationTurn | undefined> {
    const workspace = (await this.definitions.workspaces([entry.workspace])).get(entry.workspace);
    const agent = workspace?.agents[facts.agentId];
    const runtime = agent && this.byName.get(agent.runtime);
    if (workspace === undefined || agent === undefined || runtime === undefined) return undefined;
    const turn = await runtime.respond({ agent, text: notice.text, customerContext: personal?.customerContext ?? {} });
    const { results } = declaredResults(agent, turn.results, workspace.timeZone);
    return { results, answer: turn.answer, completes: turn.close || Object.keys(results).length > 0 };
  }

  /** The message in the transcript, and the intent of the agent's answer beside it. */
  sessionCommands(
    message: RoutedMessage,
    state: KnownCommunication,
    turn: ConversationTurn | undefined,
  ): readonly CommandForSession[] {
    const { entry, notice } = message;
    const causation = inboxCommandId(entry);
    const sessionId = state.facts.sessionId ?? sessionIdOf(state.facts.id);
    const session = sessionOf(state.facts, sessionId);
    const { participantId } = state.facts;
    const base = {
      sessionId,
      causation,
      origin: { workspace: entry.workspace, key: participantId, correlation: causation, hop: 0 },
      at: entry.receivedAt,
    };
    const address = notice.address;
    const { providerMessageId, text } = notice;
    const received: CommandForSession = {
      ...base,
      command: { type: 'ReceiveMessage', session, address, messageId: causation, providerMessageId, text },
      commandId: causation,
    };
    if (turn?.answer === undefined) return [received];
    const messageId = answerIdOf(message);
    return [
      received,
      {
        ...base,
        command: { type: 'SendMessage', session, address, messageId, text: turn.answer },
        commandId: messageId,
      },
    ];
  }

  /** Answers whose intent was stored just now; one that was stored before may have been sent, and is not sent again. */
  answersOf(
    message: RoutedMessage,
    { facts }: KnownCommunication,
    turn: ConversationTurn | undefined,
    appended: ReadonlySet<string>,
  ): readonly Answer[] {
    const messageId = answerIdOf(message);
    if (turn?.answer === undefined || !appended.has(messageId)) return [];
    const { workspace, channelId } = message.entry;
    return [
      {
        workspace,
        channelId,
        channelType: facts.channelType,
        address: message.notice.address,
        messageId,
        text: turn.answer,
      },
    ];
  }
}

function answerIdOf({ entry }: RoutedMessage): string {
  return derivedId(inboxCommandId(entry), 'answer');
}
