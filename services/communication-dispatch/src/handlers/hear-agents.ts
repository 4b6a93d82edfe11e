import { DomainError } from '@poinciana/event-sourcing';
import { turnOf, WEBHOOK_RUNTIME, type WebhookAgent } from '../agents/webhook-agent.js';
import { parsed, textMember } from '../channels/http/json.js';
import type { KnownDefinitions } from './known-definitions.js';
import type { ReadSession, SessionHistory } from './read-session.js';
import type { SessionWriter } from './session-writer.js';
import type { TakeAgentTurn } from './take-agent-turn.js';

/** How a turn that an agent tells by itself was taken. */
export type HearingAnswer = 'taken' | 'forged' | 'unreadable';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TURN_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;

export interface HearingSources<Transaction> {
  readonly definitions: KnownDefinitions;
  readonly sessions: SessionWriter;
  readonly history: ReadSession;
  readonly agent: WebhookAgent;
  readonly turns: TakeAgentTurn<Transaction>;
}

/** What an agent outside does in its own time: a signed turn for one of its sessions. */
export class HearAgents<Transaction> {
  constructor(private readonly sources: HearingSources<Transaction>) {}

  /** A session of another agent, or none, is answered like a wrong signature: whoever has no key learns nothing. */
  async hear(agentId: string, signature: string | string[] | undefined, body: Buffer): Promise<HearingAnswer> {
    const told = parsed(body.toString('utf8'));
    const sessionId = idIn(told, 'sessionId', UUID)?.toLowerCase();
    const turnId = idIn(told, 'id', TURN_ID);
    if (sessionId === undefined || turnId === undefined) return 'unreadable';
    const read = await this.sessionOf(sessionId);
    if (read === undefined || !(await this.isOfAgent(read, agentId, signature, body))) return 'forged';
    await this.sources.turns.take(read, `told ${turnId}`, turnOf(told));
    return 'taken';
  }

  private async isOfAgent(
    { facts, last: { workspace } }: SessionHistory,
    agentId: string,
    signature: string | string[] | undefined,
    body: Buffer,
  ): Promise<boolean> {
    if (facts.agentId !== agentId) return false;
    const agent = (await this.sources.definitions.workspaces([workspace])).get(workspace)?.agents[agentId];
    return agent?.runtime === WEBHOOK_RUNTIME && this.sources.agent.isAuthentic(agent, signature, body);
  }

  private async sessionOf(sessionId: string): Promise<SessionHistory | undefined> {
    const read = (await this.sources.sessions.read([sessionId])).get(sessionId);
    const workspace = read?.events.at(-1)?.workspace;
    if (workspace === undefined) return undefined;
    try {
      return await this.sources.history.read(workspace, sessionId);
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}

function idIn(told: unknown, name: string, shape: RegExp): string | undefined {
  const id = textMember(told, name);
  return id !== undefined && shape.test(id) ? id : undefined;
}
