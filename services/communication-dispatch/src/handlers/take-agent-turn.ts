import type { JsonObject } from '@poinciana/contracts';
import { derivedId } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { AgentTurn } from '../agents/agent-runtime.js';
import { declaredResults } from '../agents/declared-results.js';
import type { Timers } from '../storage/timers.js';
import { timerChangesOf, type CommunicationOrigin, type CommunicationWriter } from './communication-writer.js';
import type { KnownDefinitions } from './known-definitions.js';
import { isOver, sessionAddress, threadOf, type SessionHistory } from './read-session.js';
import type { SendSessionMessages } from './send-session-messages.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';

export interface AgentTurnSources<Transaction> {
  readonly clock: Clock;
  readonly definitions: KnownDefinitions;
  readonly sessions: SessionWriter;
  readonly messages: SendSessionMessages;
  readonly writer: CommunicationWriter;
  readonly timers: Timers<Transaction>;
}

/** What an agent said beside its answer. */
interface ToldByAgent {
  readonly results: JsonObject;
  readonly closes: boolean;
  readonly at: string;
}

/**
 * What an agent outside does in a session: says something, reports results, ends it. Everything follows from the turn's id, so that a
 * turn told again does nothing new, and nothing is said twice.
 */
export class TakeAgentTurn<Transaction> {
  constructor(private readonly sources: AgentTurnSources<Transaction>) {}

  async take(read: SessionHistory, turnId: string, turn: AgentTurn): Promise<void> {
    const { clock, definitions, writer } = this.sources;
    const { facts, last } = read;
    const known = (await definitions.workspaces([last.workspace])).get(last.workspace);
    const agent = known?.agents[facts.agentId];
    if (known === undefined || agent === undefined) return;
    const { results } = declaredResults(agent, turn.results, known.timeZone);
    const done = { results, closes: turn.close, at: clock.now().toISOString() };
    const messageId = derivedId('agent-turn', facts.id, turnId);
    const answer = (await isOver(facts, writer)) ? undefined : turn.answer;
    const isNew = await this.store(read, messageId, answer, done);
    if (answer !== undefined && isNew) await this.send(read, messageId, answer);
  }

  /** Whether what the agent says stands there from now. */
  private async store(
    read: SessionHistory,
    messageId: string,
    answer: string | undefined,
    told: ToldByAgent,
  ): Promise<boolean> {
    const { communicationId } = read.facts;
    const endsSession = communicationId === undefined && (told.closes || hasResults(told));
    const commands = [
      ...saying(read, messageId, answer, told.at),
      ...(endsSession ? [closing(read, messageId, told.results, told.at)] : []),
    ];
    const written = await this.sources.sessions.execute(commands);
    if (communicationId !== undefined && (told.closes || hasResults(told)))
      await this.tellCommunication(communicationId, messageId, told);
    return written.some(({ appended }) => appended.has(messageId));
  }

  private async send(read: SessionHistory, messageId: string, text: string): Promise<void> {
    const { id: sessionId, channelId } = read.facts;
    const content = { type: 'text', text, thread: threadOf(read.events) } as const;
    const message = { sessionId, messageId, channelId, address: sessionAddress(read), content };
    await this.sources.messages.send([{ ...message, origin: originOf(read) }]);
  }

  /** The session closes with its communication. */
  private async tellCommunication(communicationId: string, causation: string, { results, closes, at }: ToldByAgent) {
    const { writer, timers } = this.sources;
    const type = closes ? 'CompleteConversation' : 'RecordResults';
    const command = { type, results, at } as const;
    const commandId = derivedId(causation, closes ? 'complete' : 'results');
    const written = await writer.execute([{ communicationId, command, commandId, causation }]);
    const changes = written.flatMap(timerChangesOf);
    if (changes.length > 0) await timers.write(changes);
  }
}

function hasResults({ results }: ToldByAgent): boolean {
  return Object.keys(results).length > 0;
}

function originOf({ last: { workspace, key, correlation } }: SessionHistory): CommunicationOrigin {
  return { workspace, key, correlation, hop: 0 };
}

/** The intent of what the agent says, stored before it is sent. */
function saying(
  read: SessionHistory,
  messageId: string,
  text: string | undefined,
  at: string,
): readonly CommandForSession[] {
  if (text === undefined) return [];
  const { facts: session } = read;
  return [
    {
      sessionId: session.id,
      commandId: messageId,
      command: { type: 'SendMessage', session, address: sessionAddress(read), messageId, text },
      causation: messageId,
      origin: originOf(read),
      at,
    },
  ];
}

function closing(read: SessionHistory, causation: string, results: JsonObject, at: string): CommandForSession {
  const { facts: session } = read;
  return {
    sessionId: session.id,
    commandId: derivedId(causation, 'close'),
    command: { type: 'CloseSession', session, address: sessionAddress(read), reason: 'agent', results },
    causation,
    origin: originOf(read),
    at,
  };
}
