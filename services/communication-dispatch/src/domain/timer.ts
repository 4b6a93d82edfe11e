import { durationEnd, isEnded, type CommunicationFacts, type KnownCommunication } from './communication.js';

/** What happens at a timer's instant, unless something else happens before. */
export type TimerKind = 'due' | 'retry' | 'window_missed' | 'reconcile' | 'duration_ended';

/** The next instant at which an open communication wants to be looked at, ISO 8601 in UTC. */
export interface Timer {
  readonly kind: TimerKind;
  readonly dueAt: string;
}

/** Timers that a stopped campaign holds: they lead to sending or to missing it. Durations and unknown outcomes run on (A63). */
export function isHeldByStop(kind: TimerKind): boolean {
  return kind === 'due' || kind === 'retry' || kind === 'window_missed';
}

/** An open communication waits for exactly one thing; an ended one for nothing. */
export function timerOf(state: KnownCommunication): Timer | undefined {
  if (isEnded(state)) return undefined;
  return state.facts.status === 'Planned'
    ? sendTimer(state.facts)
    : { kind: 'duration_ended', dueAt: durationEnd(state) ?? EPOCH };
}

function sendTimer({ dispatch, settleBy = EPOCH, sendAt = EPOCH, retryAt, windowEnd }: CommunicationFacts): Timer {
  if (dispatch === 'requested' || dispatch === 'unknown') return { kind: 'reconcile', dueAt: settleBy };
  const next: Timer = retryAt === undefined ? { kind: 'due', dueAt: sendAt } : { kind: 'retry', dueAt: retryAt };
  return windowEnd !== undefined && next.dueAt >= windowEnd ? { kind: 'window_missed', dueAt: windowEnd } : next;
}

/** For a state that lacks its instant: at once. */
const EPOCH = new Date(0).toISOString();
