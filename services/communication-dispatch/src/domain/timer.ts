import { durationEnd, isEnded, later, type CommunicationFacts, type KnownCommunication } from './communication.js';

/** What happens at a timer's instant, unless something else happens before. */
export type TimerKind = 'due' | 'retry' | 'window_missed' | 'reconcile' | 'call_overdue' | 'duration_ended';

/** The next instant at which an open communication wants to be looked at, ISO 8601 in UTC. */
export interface Timer {
  readonly kind: TimerKind;
  readonly dueAt: string;
}

/** Timers that a stopped campaign holds: they lead to sending or to missing it. Durations and unknown outcomes run on (A63). */
export const HELD_BY_STOP: readonly TimerKind[] = ['due', 'retry', 'window_missed'];

export function isHeldByStop(kind: TimerKind): boolean {
  return HELD_BY_STOP.includes(kind);
}

/** An open communication waits for exactly one thing; an ended one for nothing. */
export function timerOf(state: KnownCommunication): Timer | undefined {
  if (isEnded(state)) return undefined;
  if (state.facts.status === 'Planned') return sendTimer(state.facts);
  const overdueAt = callOverdueAt(state.facts);
  const end = durationEnd(state) ?? EPOCH;
  return overdueAt === undefined ? { kind: 'duration_ended', dueAt: end } : { kind: 'call_overdue', dueAt: overdueAt };
}

/** In calls the end is told by the runtime: from then on it is asked for, every now and then until the duration is over. */
function callOverdueAt({ channelType, startedAt, durationMs }: CommunicationFacts): string | undefined {
  if (channelType !== CALLS || startedAt === undefined) return undefined;
  return later(startedAt, Math.min(CALL_OVERDUE_MS, Math.floor(durationMs / 2)));
}

function sendTimer({ dispatch, settleBy = EPOCH, sendAt = EPOCH, retryAt, windowEnd }: CommunicationFacts): Timer {
  if (dispatch === 'requested' || dispatch === 'unknown') return { kind: 'reconcile', dueAt: settleBy };
  const next: Timer = retryAt === undefined ? { kind: 'due', dueAt: sendAt } : { kind: 'retry', dueAt: retryAt };
  return windowEnd !== undefined && next.dueAt >= windowEnd ? { kind: 'window_missed', dueAt: windowEnd } : next;
}

const CALLS = 'voice';
/** How long a call is in good order without a word of its end; half the duration where that is shorter. */
const CALL_OVERDUE_MS = 5 * 60_000;

/** For a state that lacks its instant: at once. */
const EPOCH = new Date(0).toISOString();
