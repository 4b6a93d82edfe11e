import type { KnownWorkspace } from '@poinciana/campaign-definition';
import type { StoredEvent } from '@poinciana/event-sourcing';
import type { BatchHandler } from '@poinciana/messaging';
import { readableText } from '../channels/message-content.js';
import {
  addressOf,
  communicationOf,
  durationEnd,
  type CommunicationFacts,
  type KnownCommunication,
} from '../domain/communication.js';
import type { CloseReason, SessionFacts } from '../domain/session.js';
import { NO_COUNTS, sumOfCounts, type ChannelCounts, type ChannelDirectory } from '../storage/channel-directory.js';
import type { EraseCommunications } from './erase-communications.js';
import type { FoldedCampaign, KnownDefinitions } from './known-definitions.js';
import type { CommandForSession, SessionWriter } from './session-writer.js';

export const SESSIONS_GROUP = 'communication-dispatch.sessions';

interface SessionSources<Transaction> {
  readonly sessions: SessionWriter;
  readonly channels: ChannelDirectory<Transaction>;
  readonly definitions: KnownDefinitions;
  readonly erasure: EraseCommunications;
}

/**
 * The session follows its communication: it opens with the message that started it and closes with its end. The channels'
 * counters follow too.
 */
export function onCommunications<Transaction>(sources: SessionSources<Transaction>): BatchHandler<Transaction> {
  return async ({ events }) => {
    const started = events.filter(({ type }) => type === 'CommunicationStarted');
    const workspaces = await sources.definitions.workspaces(started.map(({ workspace }) => workspace));
    const campaigns = await sources.definitions.campaigns(
      started.flatMap((event) => communicationOf(event)?.facts.campaignId ?? []),
    );
    const commands = events.flatMap((event) => commandOf(event, workspaces, campaigns));
    if (commands.length > 0) await sources.sessions.execute(commands);
    await sources.erasure.sessionsOf(events);
    const counts = countsOf(events);
    return counts.size === 0 ? undefined : sources.channels.count(counts);
  };
}

function commandOf(
  event: StoredEvent,
  workspaces: ReadonlyMap<string, KnownWorkspace>,
  campaigns: ReadonlyMap<string, FoldedCampaign>,
): readonly CommandForSession[] {
  const state = communicationOf(event);
  const sessionId = state?.facts.sessionId;
  if (state === null || sessionId === undefined) return [];
  const base = { sessionId, commandId: event.id, causation: event.id, origin: event, at: event.time };
  const session = sessionOf(state.facts, sessionId);
  const address = addressOf(state);
  if (event.type === 'CommunicationStarted') {
    const { providerMessageId, channelId, campaignId } = state.facts;
    const channel = workspaces.get(event.workspace)?.channels[channelId];
    const text = readableText(channel, state, campaigns.get(campaignId)?.known);
    return [
      {
        ...base,
        command: { type: 'SendMessage', session, address, messageId: state.facts.id, text, providerMessageId },
      },
    ];
  }
  if (event.type !== 'CommunicationEnded') return [];
  const results = state.personal?.results ?? {};
  return [{ ...base, command: { type: 'CloseSession', session, address, reason: reasonOf(state), results } }];
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
  for (const event of events) {
    const facts = communicationOf(event)?.facts;
    const added = facts && countOf(event.type, facts);
    if (facts === undefined || added === undefined) continue;
    counts.set(facts.channelId, sumOfCounts(counts.get(facts.channelId) ?? NO_COUNTS, { ...NO_COUNTS, ...added }));
  }
  return counts;
}

function countOf(type: string, { status, code }: CommunicationFacts): Partial<ChannelCounts> | undefined {
  if (type === 'CommunicationStarted') return { accepted: 1 };
  if (type === 'DispatchDelayed') return { delayed: 1 };
  if (type !== 'CommunicationEnded' || status !== 'Failed') return undefined;
  return code === 'outcome_unknown' ? { unknown: 1 } : { failed: 1 };
}
