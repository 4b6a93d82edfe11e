import { unknownOutcomeRule, type KnownWorkspace } from '@poinciana/campaign-definition';
import type { session as contract } from '@poinciana/contracts';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { later } from '../domain/communication.js';
import { threadOf } from './read-session.js';
import type { SessionMessage } from './send-session-messages.js';
import type { ReadSession } from './session-writer.js';
import { TRIES_MAX } from './unknown-outcomes.js';

/** A message of ours whose outcome should be known by now, and is not. */
export interface LostMessage {
  readonly messageId: string;
  /** Its intent. */
  readonly event: StoredEvent;
  /** How many times over the wait for its outcome has passed: one for each time it was sent. */
  readonly waits: number;
}

/** Those of a session, `settleMs` after they were sent or later. */
export function lostMessages(read: ReadSession, settleMs: number, now: string): readonly LostMessage[] {
  return openMessages(read).flatMap(({ messageId, event }) => {
    const waits = Math.floor((Date.parse(now) - Date.parse(event.time)) / settleMs);
    return waits >= 1 ? [{ messageId, event, waits }] : [];
  });
}

/** When the outcomes of open messages want to be looked at next. */
export function settlingInstants(read: ReadSession, settleMs: number, now: string): readonly string[] {
  return openMessages(read).map(({ event: { time } }) => {
    const waits = Math.max(0, Math.floor((Date.parse(now) - Date.parse(time)) / settleMs));
    return later(time, settleMs * (waits + 1));
  });
}

/**
 * Of lost messages, the replies of agents that are sent once more, because their channel is set to `at_least_once` ([C]10). None whose
 * text was erased; none of a user, who sees what became of it and can say it again.
 */
export function repliesToTryAgain(
  { state: { facts }, events }: ReadSession,
  workspace: KnownWorkspace | undefined,
  lost: readonly LostMessage[],
): readonly SessionMessage[] {
  const channel = facts && workspace?.channels[facts.channelId];
  if (facts === undefined || channel === undefined) return [];
  if (unknownOutcomeRule(channel.settings) === 'never_twice') return [];
  const { id: sessionId, channelId } = facts;
  return lost.flatMap(({ messageId, event, waits }): readonly SessionMessage[] => {
    const personal = event.personal as contract.MessagePersonal | undefined;
    if (personal === undefined || waits >= TRIES_MAX || event.actor.startsWith('user:')) return [];
    const { workspace: owner, key, correlation } = event;
    const before = events.filter(({ revision }) => revision < event.revision);
    const content = { type: 'text', text: personal.text, thread: threadOf(before) } as const;
    const origin = { workspace: owner, key, correlation, hop: 0 };
    return [{ sessionId, messageId, channelId, address: personal.address, content, origin, isAgain: true }];
  });
}

function openMessages({ state, events }: ReadSession): readonly Pick<LostMessage, 'messageId' | 'event'>[] {
  return events.flatMap((event) => {
    if (event.type !== 'MessageSent') return [];
    const { messageId } = event.data as contract.MessageSent;
    return state.open.includes(messageId) ? [{ messageId, event }] : [];
  });
}
