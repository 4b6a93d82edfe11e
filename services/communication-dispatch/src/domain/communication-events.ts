import type {
  CommunicationEvent,
  CommunicationFacts,
  CommunicationPersonal,
  KnownCommunication,
} from './communication.js';

export type Changes = Partial<CommunicationFacts>;
export type FinalStatus = 'Completed' | 'NoResponse' | 'Canceled' | 'Skipped' | 'Failed';

/** What goes with the attempt that is over. */
export const sendingOver: Changes = { dispatch: undefined, retryAt: undefined, settleBy: undefined, code: undefined };

/** An event that carries the whole state after some changes; what is `undefined` is left out. */
export function told(
  state: KnownCommunication,
  changes: Changes,
  event: (facts: CommunicationFacts) => CommunicationEvent,
  personalChanges: Partial<CommunicationPersonal> = {},
): CommunicationEvent {
  const facts = changed(state.facts, changes);
  if (state.personal === undefined) return event(facts);
  const { type, data } = event(facts);
  return { type, data, personal: changed(state.personal, personalChanges) } as CommunicationEvent;
}

/** The one final event. */
export function ended(
  state: KnownCommunication,
  status: FinalStatus,
  at: string,
  why: {
    readonly code?: string;
    readonly silent?: boolean;
    readonly providerCode?: string | undefined;
    readonly changes?: Omit<Changes, 'status' | 'endedAt' | 'silent'>;
  } = {},
  personalChanges: Partial<CommunicationPersonal> = {},
): CommunicationEvent {
  const { code, silent = false, providerCode, changes = {} } = why;
  const all: Changes = { status, endedAt: at, silent, ...sendingOver, ...changes, code };
  const data = providerCode === undefined ? {} : { providerCode };
  return told(
    state,
    all,
    (communication) => ({ type: 'CommunicationEnded', data: { communication, ...data } }),
    personalChanges,
  );
}

/** Something that came late or in vain, and changes nothing but the memory of it (A61, A62). */
export function noted(
  state: KnownCommunication,
  signal: string,
  why: string,
  at: string,
  changes: Omit<Changes, 'signals'> = {},
): CommunicationEvent {
  const signals = withSignal(state, signal, at);
  return told(state, { signals, ...changes }, (communication) => ({
    type: 'SignalNoted',
    data: { communication, signal, why },
  }));
}

export function withSignal(
  { facts }: KnownCommunication,
  signal: string,
  at: string,
): Readonly<Record<string, string>> {
  return { [signal]: at, ...facts.signals };
}

export function wasTold({ facts }: KnownCommunication, signal: string): boolean {
  return facts.signals !== undefined && Object.hasOwn(facts.signals, signal);
}

/**
 * An object after some changes. A member that is gone stays as `undefined`, which JSON leaves out: every event of a communication is made
 * so, and an object that members were taken out of is slow to copy and to write, and large, for as long as it lives.
 */
function changed<Value extends object>(value: Value, changes: Partial<Value>): Value {
  return { ...value, ...changes };
}
