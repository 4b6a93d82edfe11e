import type { KnownWorkspace } from '@poinciana/campaign-definition';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import type { BatchHandler, StateWrite } from '@poinciana/messaging';
import { readableText } from '../channels/message-content.js';
import {
  addressOf,
  communicationOf,
  durationEnd,
  type CommunicationFacts,
  type KnownCommunication,
} from '../domain/communication.js';
import type { CloseReason, SessionCommand, SessionFacts } from '../domain/session.js';
import { NO_COUNTS, sumOfCounts, type ChannelCounts, type ChannelDirectory } from '../storage/channel-directory.js';
import type { AgentQuestions } from '../storage/agent-questions.js';
import type { FailedCommunication, FailedCommunications } from '../storage/failed-communications.js';
import type { People } from '../storage/people.js';
import type { Senders } from '../storage/senders.js';
import { timerChangeOf, type TimerChange } from '../storage/open-communication.js';
import type { SessionTimers } from '../storage/session-timers.js';
import type { Timers } from '../storage/timers.js';
import { isErased, isRetryPlanned, type EraseCommunications } from './erase-communications.js';
import type { FoldedCampaign, KnownDefinitions } from './known-definitions.js';
import type { EraseSessions } from './erase-sessions.js';
import {
  agentQuestionsOf,
  begunSessions,
  CALLS,
  incomingCommands,
  isOfPerson,
  sendersOf,
  sessionTimersOf,
  type SessionWaits,
} from './on-sessions.js';
import type { Suppress } from './suppress.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';

export const SESSIONS_GROUP = 'communication-dispatch.sessions';
/** What the group listens to. `session`: its own, for what time does to them and for whom inbound ones concern. */
export const SESSIONS_CATEGORIES = ['communication', 'session'] as const;

interface SessionSources<Transaction> {
  readonly sessions: SessionWriter;
  readonly channels: ChannelDirectory<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly erasure: EraseCommunications<Transaction>;
  readonly people: People<Transaction>;
  readonly senders: Senders;
  readonly sessionErasure: EraseSessions<Transaction>;
  readonly timers: SessionTimers<Transaction>;
  readonly due: Timers<Transaction>;
  readonly questions: AgentQuestions<Transaction>;
  readonly failed: FailedCommunications<Transaction>;
  readonly suppress: Suppress;
  readonly waits: SessionWaits;
}

/**
 * The session follows its communication: it opens with the message that started it and closes with its end. The channels'
 * counters follow too. Of sessions themselves it follows when they want to be looked at, and whom inbound ones concern.
 */
export function onCommunications<Transaction>(sources: SessionSources<Transaction>): BatchHandler<Transaction> {
  return async ({ events: all }) => {
    const events = all.filter(({ stream }) => stream.startsWith('communication-'));
    const ofSessions = all.filter(({ stream }) => stream.startsWith('session-'));
    const started = events.filter(({ type }) => type === 'CommunicationStarted');
    const workspaces = await sources.definitions.workspaces(
      [...started, ...ofSessions.filter(isOfPerson)].map(({ workspace }) => workspace),
    );
    const campaigns = await sources.definitions.campaigns(
      started.flatMap((event) => communicationOf(event)?.facts.campaignId ?? []),
    );
    const begun = await begunSessions(ofSessions, sources.people);
    const commands = [
      ...events.flatMap((event) => commandOf(event, workspaces, campaigns)),
      ...incomingCommands(begun),
    ];
    if (commands.length > 0) await sources.sessions.execute(commands);
    await sources.erasure.sessionsOf(events);
    await sources.erasure.retriesMet(events);
    await sources.senders.noteSessions(sendersOf(begun));
    await sources.sessionErasure.met(ofSessions);
    for (const event of events.filter(isOptOut)) await sources.suppress.optOut(event);
    return writesOf(sources, events, {
      timers: sessionTimersOf(ofSessions, sources.waits),
      questions: agentQuestionsOf(ofSessions, workspaces, sources.waits),
    });
  };
}

function writesOf<Transaction>(
  { channels, failed, timers, due, questions }: SessionSources<Transaction>,
  events: readonly StoredEvent[],
  waiting: {
    readonly timers: ReturnType<typeof sessionTimersOf>;
    readonly questions: ReturnType<typeof agentQuestionsOf>;
  },
): StateWrite<Transaction> | undefined {
  const counts = countsOf(events);
  const failures = events.flatMap(failureOf);
  const retries = events.flatMap(retryOf);
  const writes: StateWrite<Transaction>[] = [
    ...(counts.size > 0 ? [channels.count(counts)] : []),
    ...(failures.length > 0 ? [failed.put(failures)] : []),
    ...(retries.length > 0 ? [due.put(retries)] : []),
    ...(waiting.timers.length > 0 ? [timers.put(waiting.timers)] : []),
    ...(waiting.questions.length > 0 ? [questions.put(waiting.questions)] : []),
  ];
  if (writes.length === 0) return undefined;
  return async (transaction) => {
    for (const write of writes) await write(transaction);
  };
}

/** The provider says that the person opted out: nothing is sent to them on this channel any more. */
function isOptOut(event: StoredEvent): boolean {
  return event.type === 'CommunicationEnded' && communicationOf(event)?.facts.code === 'recipient_opted_out';
}

function failureOf(event: StoredEvent): readonly FailedCommunication[] {
  const facts = event.type === 'CommunicationEnded' ? communicationOf(event)?.facts : undefined;
  if (facts?.status !== 'Failed') return [];
  const { id: communicationId, campaignId, code = '' } = facts;
  return [{ communicationId, workspace: event.workspace, campaignId, code }];
}

/** What a user planned again: whoever did may have died before its timer was written. What flows plan gets its timer with the plan. */
function retryOf(event: StoredEvent): readonly TimerChange[] {
  const state = isRetryPlanned(event) ? communicationOf(event) : null;
  return state === null ? [] : [timerChangeOf(event.workspace, state, event.revision)];
}

function commandOf(
  event: StoredEvent,
  workspaces: ReadonlyMap<string, KnownWorkspace>,
  campaigns: ReadonlyMap<string, FoldedCampaign>,
): readonly CommandForSession[] {
  // By their types first: what an event holds is parsed when somebody looks at it.
  const isStart = event.type === 'CommunicationStarted';
  if (!isStart && event.type !== 'CommunicationEnded' && event.type !== 'CommunicationErased') return [];
  const state = communicationOf(event);
  const sessionId = state?.facts.sessionId;
  if (state === null || sessionId === undefined) return [];
  const session = sessionOf(state.facts, sessionId);
  const base = { sessionId, causation: event.id, origin: event, at: event.time };
  const command = isStart
    ? sendCommand(session, state, workspaces.get(event.workspace), campaigns.get(state.facts.campaignId))
    : closeCommand(session, state);
  const commands: readonly CommandForSession[] = [{ ...base, commandId: event.id, command, begins: isStart }];
  if (!isErased(event) || !mayHaveSession(state)) return commands;
  return [
    ...commands,
    { ...base, commandId: derivedId(event.id, 'erase'), command: { type: 'EraseSession', session } },
  ];
}

/** What was said in a call may be told before its start is known. */
function mayHaveSession({ facts: { startedAt, channelType } }: KnownCommunication): boolean {
  return startedAt !== undefined || channelType === CALLS;
}

function sendCommand(
  session: SessionFacts,
  state: KnownCommunication,
  workspace: KnownWorkspace | undefined,
  campaign: FoldedCampaign | undefined,
): SessionCommand {
  const { providerMessageId, channelId, id: messageId } = state.facts;
  const text = readableText(workspace?.channels[channelId], state, campaign?.known);
  return { type: 'SendMessage', session, address: addressOf(state), messageId, text, providerMessageId };
}

function closeCommand(session: SessionFacts, state: KnownCommunication): SessionCommand {
  const results = state.personal?.results ?? {};
  return { type: 'CloseSession', session, address: addressOf(state), reason: reasonOf(state), results };
}

/** The session of a communication, as its events repeat it. */
export function sessionOf(facts: CommunicationFacts, sessionId: string): SessionFacts {
  const { channelId, channelType, agentId, id, participantId, customerId, campaignId } = facts;
  return {
    id: sessionId,
    channelId,
    channelType,
    agentId,
    direction: 'outbound',
    communicationId: id,
    participantId,
    customerId,
    campaignId,
  };
}

function reasonOf(state: KnownCommunication): CloseReason {
  const { status, endedAt = '' } = state.facts;
  if (status === 'Canceled') return 'canceled';
  if (status === 'NoResponse') return 'duration';
  if (status !== 'Completed') return 'ended';
  return endedAt >= (durationEnd(state) ?? '') ? 'duration' : 'agent';
}

/** Each event counts for its channel; `CommunicationEnded` only when it failed. */
function countsOf(events: readonly StoredEvent[]): ReadonlyMap<string, ChannelCounts> {
  const counts = new Map<string, ChannelCounts>();
  for (const event of events.filter(isCounted)) {
    const facts = communicationOf(event)?.facts;
    const added = facts && countOf(event.type, facts);
    if (facts === undefined || added === undefined) continue;
    counts.set(facts.channelId, sumOfCounts(counts.get(facts.channelId) ?? NO_COUNTS, { ...NO_COUNTS, ...added }));
  }
  return counts;
}

function isCounted({ type }: StoredEvent): boolean {
  return type === 'CommunicationStarted' || type === 'DispatchDelayed' || type === 'CommunicationEnded';
}

function countOf(type: string, { status, code }: CommunicationFacts): Partial<ChannelCounts> | undefined {
  if (type === 'CommunicationStarted') return { accepted: 1 };
  if (type === 'DispatchDelayed') return { delayed: 1 };
  if (type !== 'CommunicationEnded' || status !== 'Failed') return undefined;
  return code === 'outcome_unknown' ? { unknown: 1 } : { failed: 1 };
}
