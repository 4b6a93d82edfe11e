import type { JsonObject } from '@poinciana/contracts';
import { derivedId, type Decider } from '@poinciana/event-sourcing';
import {
  afterEvent,
  durationEnd,
  isEnded,
  isInProgress,
  later,
  type Communication,
  type CommunicationEvent,
  type CommunicationFacts,
  type KnownCommunication,
} from './communication.js';
import type {
  CommunicationCommand,
  CompleteConversation,
  PlanCommunication,
  RecordResults,
  ReplanCommunication,
  RequestDispatch,
} from './communication-commands.js';
import { ended, sendingOver, told, type Changes } from './communication-events.js';
import {
  notSent,
  recordAcceptance,
  recordDelay,
  recordRefusal,
  recordUnknown,
  settleUnknown,
} from './dispatch-outcomes.js';
import { recordCall } from './call-progress.js';
import { recordSignal } from './provider-signals.js';

/**
 * The life of one communication: statuses go forward only, and there is exactly one final one ([C]7). A command that comes
 * late or again changes nothing; what deserves to be known of it is noted (A61, A62).
 */
export const communication: Decider<CommunicationCommand, Communication, CommunicationEvent> = {
  initialState: null,
  decide(command, state) {
    if (command.type === 'PlanCommunication') return state === null ? plan(command) : [];
    return state === null ? [] : decideKnown(command, state);
  },
  evolve(state, event) {
    return 'communication' in event.data ? afterEvent(event) : state;
  },
};

type LaterCommand = Exclude<CommunicationCommand, PlanCommunication>;

function decideKnown(command: LaterCommand, state: KnownCommunication): readonly CommunicationEvent[] {
  switch (command.type) {
    case 'RecordAcceptance':
      return recordAcceptance(command, state);
    case 'RecordDelay':
      return recordDelay(command, state);
    case 'RecordRefusal':
      return recordRefusal(command, state);
    case 'RecordUnknown':
      return recordUnknown(command, state);
    case 'RecordSignal':
      return recordSignal(command, state);
    case 'RecordCall':
      return recordCall(command, state);
    case 'EraseCommunication':
      return erase(command.at, state);
    default:
      return isEnded(state) ? [] : decideOpen(command, state);
  }
}

type OpenCommand = Exclude<
  LaterCommand,
  {
    readonly type:
      | 'RecordAcceptance'
      | 'RecordDelay'
      | 'RecordRefusal'
      | 'RecordUnknown'
      | 'RecordSignal'
      | 'RecordCall'
      | 'EraseCommunication';
  }
>;

/** What only means something as long as the communication is open. */
function decideOpen(command: OpenCommand, state: KnownCommunication): readonly CommunicationEvent[] {
  switch (command.type) {
    case 'RequestDispatch':
      return requestDispatch(command, state);
    case 'MissWindow':
      return isWaiting(state) ? [notSent(state, command.at, 'window_missed')] : [];
    case 'SkipCommunication':
      return isWaiting(state) ? [notSent(state, command.at, command.code)] : [];
    case 'ReplanCommunication':
      return replan(command, state);
    case 'SettleUnknown':
      return settleUnknown(command, state);
    case 'RecordReply':
      return recordReply(command.at, state);
    case 'RecordResults':
      return recordResults(command, state);
    case 'CompleteConversation':
      return completeConversation(command, state);
    case 'EndDuration':
      return endDuration(command.at, state);
    case 'CancelCommunication':
      return [ended(state, 'Canceled', command.at, command)];
  }
}

function plan({ facts, personal, skipCode, at }: PlanCommunication): readonly CommunicationEvent[] {
  const planned: CommunicationFacts = { status: 'Planned', attempts: 0, silent: false, ...facts };
  const state = { facts: planned, personal };
  const event: CommunicationEvent = { type: 'CommunicationPlanned', data: { communication: planned }, personal };
  return skipCode === undefined ? [event] : [event, ended(state, 'Skipped', at, { code: skipCode })];
}

/**
 * An event in any case: whoever decided from the personal values before it meets a conflict at its append, and decides again without
 * them. Behind it no event holds any, because those of a command are only ever added to what is there.
 */
function erase(at: string, state: KnownCommunication): readonly CommunicationEvent[] {
  const erased: KnownCommunication = { ...state, personal: undefined };
  if (!isEnded(state)) return [ended(erased, 'Canceled', at, { code: 'participant_deleted', silent: true })];
  if (state.personal === undefined) return [];
  return [told(erased, {}, (communication) => ({ type: 'CommunicationErased', data: { communication } }))];
}

/** Planned, with no attempt under way whose outcome is open. */
function isWaiting({ facts }: KnownCommunication): boolean {
  return facts.status === 'Planned' && facts.dispatch !== 'requested' && facts.dispatch !== 'unknown';
}

function requestDispatch(command: RequestDispatch, state: KnownCommunication): readonly CommunicationEvent[] {
  const { facts, personal } = state;
  const { at, settleMs, attemptsMax } = command;
  if (!isWaiting(state) || facts.sendAt === undefined || at < facts.sendAt || at < (facts.retryAt ?? '')) return [];
  if (facts.windowEnd !== undefined && at >= facts.windowEnd) return [notSent(state, at, 'window_missed')];
  if (facts.attempts >= attemptsMax) return [ended(state, 'Failed', at, { code: 'attempts_used_up' })];
  if (personal === undefined) return [ended(state, 'Skipped', at, { code: 'no_address' })];
  const attempt = facts.attempts + 1;
  const changes: Changes = {
    attempts: attempt,
    dispatch: 'requested',
    retryAt: undefined,
    settleBy: later(at, settleMs),
    code: undefined,
    sessionId: sessionIdOf(facts.id),
  };
  const idempotencyKey = derivedId('dispatch', facts.id, attempt);
  return [
    told(state, changes, (communication) => ({
      type: 'DispatchRequested',
      data: { communication, attempt, idempotencyKey },
    })),
  ];
}

/** The session of a communication: one, whoever opens it. */
export function sessionIdOf(communicationId: string): string {
  return derivedId('session', communicationId);
}

function replan({ sendAt, windowEnd }: ReplanCommunication, state: KnownCommunication): readonly CommunicationEvent[] {
  const old = state.facts.windowEnd;
  if (!isWaiting(state) || (old !== undefined && windowEnd <= old)) return [];
  const changes: Changes = { ...sendingOver, sendAt, windowEnd };
  return [told(state, changes, (communication) => ({ type: 'CommunicationReplanned', data: { communication } }))];
}

/** A reply at the very end of the duration, or after it, is none: the end wins (A63). */
function recordReply(at: string, state: KnownCommunication): readonly CommunicationEvent[] {
  const end = durationEnd(state);
  if (!isInProgress(state) || state.facts.status === 'Replied' || end === undefined || at >= end) return [];
  const changes: Changes = { status: 'Replied', repliedAt: at };
  return [told(state, changes, (communication) => ({ type: 'CommunicationReplied', data: { communication } }))];
}

/** Results while the conversation goes on; those that say nothing new change nothing. */
function recordResults(command: RecordResults, state: KnownCommunication): readonly CommunicationEvent[] {
  const end = durationEnd(state);
  if (!isInProgress(state) || state.personal === undefined || end === undefined || command.at >= end) return [];
  const known = state.personal.results ?? {};
  const isNew = Object.entries(command.results).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]),
  );
  if (!isNew) return [];
  return [
    told(
      state,
      {},
      (communication) => ({ type: 'CommunicationResultsChanged', data: { communication } }),
      resultsAfter(state, command),
    ),
  ];
}

/** An agent's close at the very end of the duration, or after it, comes too late: the end wins (A63). */
function completeConversation(command: CompleteConversation, state: KnownCommunication): readonly CommunicationEvent[] {
  const end = durationEnd(state);
  if (!isInProgress(state) || end === undefined || command.at >= end) return [];
  return [ended(state, 'Completed', command.at, {}, resultsAfter(state, command))];
}

/** A result that is told again counts as it was told last. */
function resultsAfter(
  { personal }: KnownCommunication,
  { results }: { readonly results: JsonObject },
): { readonly results: JsonObject } {
  return { results: { ...personal?.results, ...results } };
}

function endDuration(at: string, state: KnownCommunication): readonly CommunicationEvent[] {
  const end = durationEnd(state);
  if (!isInProgress(state) || end === undefined || at < end) return [];
  return [ended(state, state.facts.status === 'Replied' ? 'Completed' : 'NoResponse', at)];
}
