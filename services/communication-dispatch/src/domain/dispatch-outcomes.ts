import { isEnded, type CommunicationEvent, type KnownCommunication } from './communication.js';
import type {
  RecordAcceptance,
  RecordDelay,
  RecordRefusal,
  RecordUnknown,
  SettleUnknown,
} from './communication-commands.js';
import { ended, noted, sendingOver, told, wasTold, withSignal, type Changes } from './communication-events.js';

/** Sent, but ended before the answer came: the end stays, and that it was sent is noted. */
export const NOTED_AFTER_END = 'after_end';

/** True while the outcome of exactly this attempt is open. */
function awaits({ facts }: KnownCommunication, attempt: number): boolean {
  const open = facts.dispatch === 'requested' || facts.dispatch === 'unknown';
  return facts.status === 'Planned' && open && facts.attempts === attempt;
}

export function recordAcceptance(command: RecordAcceptance, state: KnownCommunication): readonly CommunicationEvent[] {
  const { attempt, providerMessageId, providerAddress, at } = command;
  if (awaits(state, attempt)) return [started(state, { providerMessageId, providerAddress, at })];
  // The provider's echo was faster, or the same answer is recorded again.
  if (!isEnded(state) || wasTold(state, 'accepted')) return [];
  return [noted(state, 'accepted', NOTED_AFTER_END, at, { providerMessageId })];
}

/** The conversation begins: its duration runs from here. */
export function started(
  state: KnownCommunication,
  accepted: { readonly providerMessageId: string; readonly providerAddress?: string | undefined; readonly at: string },
): CommunicationEvent {
  const { providerMessageId, providerAddress, at } = accepted;
  const changes: Changes = {
    status: 'Started',
    startedAt: at,
    providerMessageId,
    signals: withSignal(state, 'accepted', at),
    ...sendingOver,
  };
  const differs = providerAddress !== undefined && providerAddress !== state.personal?.address;
  return told(
    state,
    changes,
    (communication) => ({ type: 'CommunicationStarted', data: { communication } }),
    differs ? { providerAddress } : {},
  );
}

export function recordDelay(command: RecordDelay, state: KnownCommunication): readonly CommunicationEvent[] {
  const { attempt, code, providerCode, retryAt } = command;
  if (!awaits(state, attempt)) return [];
  const changes: Changes = { ...sendingOver, dispatch: 'delayed', retryAt, code };
  return [delayed(state, changes, { attempt, code, providerCode, retryAt })];
}

export function recordRefusal(command: RecordRefusal, state: KnownCommunication): readonly CommunicationEvent[] {
  const { attempt, code, providerCode, at } = command;
  return awaits(state, attempt) ? [ended(state, 'Failed', at, { code, providerCode })] : [];
}

export function recordUnknown(command: RecordUnknown, state: KnownCommunication): readonly CommunicationEvent[] {
  const { attempt, providerCode } = command;
  if (!awaits(state, attempt) || state.facts.dispatch === 'unknown') return [];
  const code = 'awaiting_proof';
  const retryAt = state.facts.settleBy ?? command.at;
  return [delayed(state, { dispatch: 'unknown', code }, { attempt, code, providerCode, retryAt })];
}

/** Given up, or, where the channel is set so and the window is open, tried again as one that may have gone out. */
export function settleUnknown(
  { at, triesMax = 0 }: SettleUnknown,
  state: KnownCommunication,
): readonly CommunicationEvent[] {
  const { facts } = state;
  const { attempts: attempt, windowEnd } = facts;
  if (!awaits(state, attempt) || at < (facts.settleBy ?? '')) return [];
  const isOver = windowEnd !== undefined && at >= windowEnd;
  if (attempt >= triesMax || isOver) return [ended(state, 'Failed', at, { code: 'outcome_unknown' })];
  const code = 'outcome_unknown_retry';
  const changes: Changes = { ...sendingOver, dispatch: 'delayed', retryAt: at, code, doubtful: true };
  return [delayed(state, changes, { attempt, code, providerCode: undefined, retryAt: at })];
}

/** It is not sent, or not once more: Skipped, unless an earlier attempt may have gone out. */
export function notSent(state: KnownCommunication, at: string, code: string): CommunicationEvent {
  return state.facts.doubtful === true
    ? ended(state, 'Failed', at, { code: 'outcome_unknown' })
    : ended(state, 'Skipped', at, { code });
}

function delayed(
  state: KnownCommunication,
  changes: Changes,
  why: {
    readonly attempt: number;
    readonly code: string;
    readonly providerCode: string | undefined;
    readonly retryAt: string;
  },
): CommunicationEvent {
  const { attempt, code, providerCode, retryAt } = why;
  const optional = providerCode === undefined ? {} : { providerCode };
  return told(state, changes, (communication) => ({
    type: 'DispatchDelayed',
    data: { communication, attempt, code, retryAt, ...optional },
  }));
}
