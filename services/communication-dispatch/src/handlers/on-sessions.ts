import type { KnownWorkspace } from '@poinciana/campaign-definition';
import type { session as contract } from '@poinciana/contracts';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import { WEBHOOK_RUNTIME } from '../agents/webhook-agent.js';
import { later } from '../domain/communication.js';
import type { AgentQuestion } from '../storage/agent-questions.js';
import type { FoundPerson, People, ReachKey } from '../storage/people.js';
import type { SenderSession } from '../storage/senders.js';
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
export const CALLS = 'voice';

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

/** A session begins with the first that is said in it. */
function isFirst({ revision }: StoredEvent): boolean {
  return revision === 0;
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
    const isNewInbound = isFirst(event) && session.direction === 'inbound';
    return isNewInbound ? [...settle, { sessionId: session.id, workspace, dueAt: later(time, waits.quietMs) }] : settle;
  });
}

/** A session without a communication that began: where the other side is reached, and which participants are reached there. */
export interface BegunSession {
  readonly event: StoredEvent;
  readonly session: contract.Session;
  readonly address: string;
  readonly keys: readonly ReachKey[];
  readonly found: readonly FoundPerson[];
}

/** Of these events. Nobody is found where nobody has the address: the session stays a session without a participant (A17). */
export async function begunSessions<Transaction>(
  events: readonly StoredEvent[],
  people: People<Transaction>,
): Promise<readonly BegunSession[]> {
  const begun: BegunSession[] = [];
  for (const event of events) {
    if (!isFirst(event)) continue;
    const { session } = event.data as Partial<contract.MessageReceived>;
    if (session === undefined || session.communicationId !== undefined) continue;
    const { address = '' } = (event.personal ?? {}) as Partial<contract.SessionPersonal>;
    const keys = reachKeysOf(event.workspace, session.channelType, address);
    const found = keys.length === 0 ? [] : await people.at(event.workspace, keys, CONCERNED_MAX);
    begun.push({ event, session, address, keys, found });
  }
  return begun;
}

/** Whose sessions they are: those of the participants whom they concern, else of the address. */
export function sendersOf(begun: readonly BegunSession[]): readonly SenderSession[] {
  return begun.flatMap(({ session, keys, found }) => {
    const senders = found.length > 0 ? found.map(({ participantId }) => participantId) : keys.map(({ key }) => key);
    return senders.map((sender) => ({ sender, sessionId: session.id }));
  });
}

/** Every participant with the address of the person who wrote or called is concerned, once a session (A17). */
export function incomingCommands(begun: readonly BegunSession[]): readonly CommandForSession[] {
  const concerning = begun.filter(({ session }) => session.direction === 'inbound' && session.agentId !== '');
  return concerning.flatMap(({ event, session, address, found }) =>
    found.map(({ participantId, campaignId }): CommandForSession => ({
      sessionId: session.id,
      command: { type: 'StartIncoming', address, participantId, campaignId },
      commandId: derivedId('incoming', session.id, participantId),
      causation: event.id,
      origin: { workspace: event.workspace, key: participantId, correlation: event.correlation, hop: 0 },
      at: event.time,
    })),
  );
}
