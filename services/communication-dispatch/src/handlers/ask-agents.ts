import type { communication as contract, session as sessionContract } from '@poinciana/contracts';
import { derivedId, streamName, TransientError, type EventStore } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import type { AgentEvent, WebhookAgent } from '../agents/webhook-agent.js';
import { QUESTIONS_CLAIM_MAX, type AgentQuestions, type ClaimedQuestion } from '../storage/agent-questions.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { ReadSession, SessionHistory } from './read-session.js';
import type { SessionWriter } from './session-writer.js';
import type { TakeAgentTurn } from './take-agent-turn.js';

const LEASE_MARGIN_MS = 10_000;
const FIRST_PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 30_000;
/** Lines of the conversation that the agent gets with a message: the newest. */
const TRANSCRIPT_MAX = 50;
/** In place of an agent's own word: its answer could not be taken. */
const FAULTY = 'answer_not_taken';

export interface AskingSources<Transaction> {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly questions: AgentQuestions<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly history: ReadSession;
  readonly sessions: SessionWriter;
  readonly agent: WebhookAgent;
  readonly turns: TakeAgentTurn<Transaction>;
  readonly report: (fault: { readonly what: string; readonly id: string; readonly error?: unknown }) => void;
}

/**
 * Asks agents outside what they do about a message. One that is away is asked again, with growing pauses, until its time is over: then
 * the session says that the agent failed, and stays open for a user or for its end.
 */
export class AskAgents<Transaction> {
  constructor(private readonly sources: AskingSources<Transaction>) {}

  /** Answers how many were asked. Throws `TransientError` while log or database is away. */
  async pass(): Promise<number> {
    const { questions, agent } = this.sources;
    const claimed = await questions.claim(QUESTIONS_CLAIM_MAX, agent.askTimeoutMs + LEASE_MARGIN_MS);
    await Promise.all(claimed.map((question) => this.tryOne(question)));
    return claimed.length;
  }

  /** What fails by itself is asked again too until its time is over, and then no more, whatever becomes of saying so. */
  private async tryOne(question: ClaimedQuestion): Promise<void> {
    const { clock, questions } = this.sources;
    if (await this.isDone(question, () => this.one(question))) return;
    if (clock.now().toISOString() < question.giveUpAt) return;
    await this.isDone(question, () => this.giveUp(question, FAULTY));
    await questions.finish([question.messageId]);
  }

  /** Reports what fails by itself. Throws `TransientError` while log or database is away. */
  private async isDone({ messageId: id }: ClaimedQuestion, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof TransientError) throw error;
      this.sources.report({ what: 'question to an agent', id, error });
      return false;
    }
  }

  private async one(question: ClaimedQuestion): Promise<void> {
    const { questions, definitions, history, clock, agent: outside, turns } = this.sources;
    const { workspace, sessionId, messageId, agentId, attempt, giveUpAt } = question;
    const read = await history.read(workspace, sessionId);
    const agent = (await definitions.workspaces([workspace])).get(workspace)?.agents[agentId];
    const event = await this.eventOf(question, read, agent?.results ?? []);
    if (agent === undefined || event === undefined || read.state.phase === 'closed')
      return questions.finish([messageId]);
    const asked = await outside.ask(agent, event);
    if (asked.outcome === 'turn') {
      await turns.take(read, messageId, asked.turn);
      return questions.finish([messageId]);
    }
    const now = clock.now().toISOString();
    if (asked.outcome === 'away' && now < giveUpAt)
      return questions.postpone(question, Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt - 1, 10)));
    await this.giveUp(question, asked.providerCode);
    return questions.finish([messageId]);
  }

  private async giveUp({ workspace, sessionId, messageId }: ClaimedQuestion, providerCode: string): Promise<void> {
    const { clock, history, sessions } = this.sources;
    const { key, correlation } = (await history.read(workspace, sessionId)).last;
    const at = clock.now().toISOString();
    await sessions.execute([
      {
        sessionId,
        command: { type: 'RecordAgentFailure', messageId, code: 'agent_failed', providerCode },
        commandId: derivedId(messageId, 'agent-failed'),
        causation: messageId,
        origin: { workspace, key, correlation, hop: 0 },
        at,
      },
    ]);
  }

  /** `undefined` after an erasure, or where the message is not in the session. */
  private async eventOf(
    { messageId: id, agentId, sessionId }: ClaimedQuestion,
    { facts, events }: SessionHistory,
    declared: readonly { readonly name: string; readonly type: string }[],
  ): Promise<AgentEvent | undefined> {
    const lines = events.flatMap(({ type, data, personal }) => {
      if (type !== 'MessageSent' && type !== 'MessageReceived') return [];
      const { messageId } = data as sessionContract.MessageSent;
      const { text } = (personal ?? {}) as Partial<sessionContract.MessagePersonal>;
      const from: 'agent' | 'person' = type === 'MessageSent' ? 'agent' : 'person';
      return text === undefined ? [] : [{ id: messageId, from, text }];
    });
    const text = lines.find((line) => line.id === id)?.text;
    if (text === undefined) return undefined;
    const { channelType, direction, communicationId } = facts;
    return {
      type: 'message',
      id,
      sessionId,
      agentId,
      channelType,
      direction,
      ...(communicationId === undefined ? {} : { communicationId }),
      text,
      transcript: lines.slice(-TRANSCRIPT_MAX).map((line) => ({ from: line.from, text: line.text })),
      customerContext: await this.contextOf(communicationId),
      results: declared.map(({ name, type }) => ({ name, type })),
    };
  }

  private async contextOf(communicationId: string | undefined): Promise<AgentEvent['customerContext']> {
    if (communicationId === undefined) return {};
    const [last] = await this.sources.store.readLast([streamName('communication', communicationId)]);
    const { customerContext = {} } = (last?.personal ?? {}) as Partial<contract.CommunicationPersonal>;
    return customerContext;
  }
}
