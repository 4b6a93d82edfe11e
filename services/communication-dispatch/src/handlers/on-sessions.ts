import type { KnownWorkspace } from '@poinciana/campaign-definition';
import type { session as contract } from '@poinciana/contracts';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import { WEBHOOK_RUNTIME } from '../agents/webhook-agent.js';
import { later } from '../domain/communication.js';
import type { AgentQuestion } from '../storage/agent-questions.js';
import type { People } from '../storage/people.js';
import type { SessionTimer } from '../storage/session-timers.js';
import { reachKeysOf } from './on-people.js';
import type { CommandForSession } from './session-writer.js';

/** Participants that one inbound session concerns, at most. */
export const CONCERNED_MAX = 1_000;

/** How long sessions wait for what. */
export interface SessionWaits {
  /** For the outcome of a message whose intent is stored. */
  readonly settleMs: number;
  /** For another message of an inbound session, before it closes by itself. */
  readonly quietMs: number;
  /** For what an agent with a system of its own does about a message. */
  readonly agentMs: number;
}

/** In calls the agent has spoken already when we learn what was said. */
const CALLS = 'voice';

/** Messages of people whose agents have systems of their own: these are asked, beside the log. */
export function agentQuestionsOf(
  events: readonly StoredEvent[],
  workspaces: ReadonlyMap<string, KnownWorkspace>,
  { agentMs }: SessionWaits,
): readonly AgentQuestion[] {
  return events.filter(isOfPerson).flatMap(({ workspace, data, time }) => {
    const { session, messageId } = data as contract.MessageReceived;
    const agent = session && workspaces.get(workspace)?.agents[session.agentId];
    if (session === undefined || session.channelType === CALLS || agent?.runtime !== WEBHOOK_RUNTIME) return [];
    return [{ messageId, sessionId: session.id, workspace, agentId: agent.id, giveUpAt: later(time, agentMs) }];
  });
}

export function isOfPerson({ type }: StoredEvent): boolean {
  return type === 'MessageReceived';
}

/** The instants at which sessions want to be looked at, as their events tell. */
export function sessionTimersOf(events: readonly StoredEvent[], waits: SessionWaits): readonly SessionTimer[] {
  return events.flatMap((event) => {
    const { workspace, type, time } = event;
    const { session, providerMessageId } = event.data as Partial<contract.MessageSent>;
    if (session === undefined) return [];
    const isOpen = type === 'MessageSent' && providerMessageId === undefined;
    const settle = isOpen ? [{ sessionId: session.id, workspace, dueAt: later(time, waits.settleMs) }] : [];
    const isInbound = type === 'SessionOpened' && session.direction === 'inbound';
    return isInbound ? [...settle, { sessionId: session.id, workspace, dueAt: later(time, waits.quietMs) }] : settle;
  });
}

/**
 * Whom the inbound sessions concern that began with these events: every participant with the address of the person who wrote or
 * called (A17). Nobody, where nobody has it: the session stays a session without a participant.
 */
export async function incomingCommands<Transaction>(
  events: readonly StoredEvent[],
  people: People<Transaction>,
): Promise<readonly CommandForSession[]> {
  const commands: CommandForSession[] = [];
  for (const event of events) {
    const { session } = event.data as Partial<contract.SessionOpened>;
    if (event.type !== 'SessionOpened' || session?.direction !== 'inbound' || session.agentId === '') continue;
    const { address = '' } = (event.personal ?? {}) as Partial<contract.SessionPersonal>;
    const keys = reachKeysOf(event.workspace, session.channelType, address);
    const found = keys.length === 0 ? [] : await people.at(event.workspace, keys, CONCERNED_MAX);
    for (const { participantId, campaignId } of found) {
      commands.push({
        sessionId: session.id,
        command: { type: 'StartIncoming', address, participantId, campaignId },
        commandId: derivedId('incoming', session.id, participantId),
        causation: event.id,
        origin: { workspace: event.workspace, key: participantId, correlation: event.correlation, hop: 0 },
        at: event.time,
      });
    }
  }
  return commands;
}
