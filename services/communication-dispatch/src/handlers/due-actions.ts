import { currentActivation } from '@poinciana/campaign-definition';
import { derivedId, type StoredEvent } from '@poinciana/event-sourcing';
import { communicationOf, durationEnd, isInProgress, type KnownCommunication } from '../domain/communication.js';
import type { CommunicationCommand } from '../domain/communication-commands.js';
import { nextWindow } from '../domain/next-window.js';
import { timerOf } from '../domain/timer.js';
import type { ClaimedTimer } from '../storage/timers.js';
import type { FoldedCampaign } from './known-definitions.js';

/**
 * What is to be done with a claimed timer.
 *
 * - `decide`: time alone decides; the command says what.
 * - `send`: it is due and may be sent.
 * - `ask`: nobody told how its call ended; the provider is asked.
 * - `hold`: its campaign does not run; the row waits without being looked at.
 * - `refresh`: the row was out of date; it is written anew from the state.
 * - `forget`: there is no such communication.
 */
export type DueAction =
  | { readonly action: 'decide'; readonly state: KnownCommunication; readonly command: CommunicationCommand }
  | { readonly action: 'send' | 'ask' | 'refresh'; readonly state: KnownCommunication }
  | { readonly action: 'hold' | 'forget' };

/** What is due now, from the stream's last event; the row that led here only said when to look. */
export function dueAction(last: StoredEvent | undefined, campaign: FoldedCampaign | undefined, now: string): DueAction {
  const state = communicationOf(last);
  if (state === null) return { action: 'forget' };
  const timer = timerOf(state);
  if (timer === undefined) return { action: 'refresh', state };
  if (campaign?.known.phase === 'deleted') {
    return {
      action: 'decide',
      state,
      command: { type: 'CancelCommunication', code: 'campaign_deleted', silent: true, at: now },
    };
  }
  if (timer.dueAt > now) return { action: 'refresh', state };
  if (isInProgress(state)) return startedAction(state, now);
  if (timer.kind === 'reconcile') return { action: 'decide', state, command: { type: 'SettleUnknown', at: now } };
  return campaign?.known.status === 'Active' ? sendAction(state, campaign, now) : { action: 'hold' };
}

/** A call that is not over yet is asked about. */
function startedAction(state: KnownCommunication, now: string): DueAction {
  if (now < (durationEnd(state) ?? '')) return { action: 'ask', state };
  return { action: 'decide', state, command: { type: 'EndDuration', at: now } };
}

function sendAction(state: KnownCommunication, campaign: FoldedCampaign, now: string): DueAction {
  const { windowEnd } = state.facts;
  if (windowEnd !== undefined && windowEnd <= now)
    return { action: 'decide', state, command: overdue(state, windowEnd, campaign, now) };
  return { action: 'send', state };
}

/**
 * A window that is over: what ended in a pause is skipped, or planned anew, as Start was answered and at its instant (A9);
 * any other is skipped now ([C]4).
 */
function overdue(
  state: KnownCommunication,
  windowEnd: string,
  campaign: FoldedCampaign,
  now: string,
): CommunicationCommand {
  const activation = currentActivation(campaign.known);
  const { plannedAt = now } = state.facts;
  if (activation === undefined || activation.startedOn < windowEnd || activation.startedOn < plannedAt)
    return { type: 'MissWindow', at: now };
  const at = activation.startedOn;
  const window = activation.overdueAnswer === 'replan' ? nextWindow(state, at) : undefined;
  return window === undefined ? { type: 'MissWindow', at } : { type: 'ReplanCommunication', ...window, at };
}

/** Names a decision that follows from a state alone: whoever takes it, and however often, it is the same. */
export function timerCommandId(
  { communicationId }: ClaimedTimer,
  command: CommunicationCommand,
  revision: number,
): string {
  return derivedId('timer', communicationId, command.type, revision);
}
