import type { session as contract } from '@poinciana/contracts';
import type { Decider, EventOf } from '@poinciana/event-sourcing';

export type SessionFacts = contract.Session;
export type CloseReason = 'agent' | 'duration' | 'canceled' | 'ended';

/** A conversation: before it is opened, open, or closed. What was said stays in its stream. */
export interface Session {
  readonly phase: 'none' | 'open' | 'closed';
  readonly facts?: SessionFacts;
}

export type SessionEvent =
  | EventOf<'SessionOpened', contract.SessionOpened, contract.SessionPersonal>
  | EventOf<'MessageSent', contract.MessageSent, contract.MessagePersonal>
  | EventOf<'MessageReceived', contract.MessageReceived, contract.MessagePersonal>
  | EventOf<'SessionClosed', contract.SessionClosed, contract.SessionClosedPersonal>;

interface Message {
  readonly session: SessionFacts;
  readonly address: string;
  readonly messageId: string;
  readonly text: string;
}

export type SessionCommand =
  | ({ readonly type: 'SendMessage'; readonly providerMessageId?: string | undefined } & Message)
  | ({ readonly type: 'ReceiveMessage'; readonly providerMessageId: string } & Message)
  | {
      readonly type: 'CloseSession';
      readonly session: SessionFacts;
      readonly address: string;
      readonly reason: CloseReason;
      readonly results: contract.SessionClosedPersonal['results'];
    };

/**
 * Messages open a session that is not open yet, whichever comes first. A closed session takes no message any more; one
 * that never opened is not closed.
 */
export const session: Decider<SessionCommand, Session, SessionEvent> = {
  initialState: { phase: 'none' },
  decide(command, state) {
    if (state.phase === 'closed') return [];
    if (command.type === 'CloseSession') return state.phase === 'open' ? [closed(command)] : [];
    const opened: readonly SessionEvent[] =
      state.phase === 'none'
        ? [{ type: 'SessionOpened', data: { session: command.session }, personal: { address: command.address } }]
        : [];
    return [...opened, message(command)];
  },
  evolve(state, event) {
    switch (event.type) {
      case 'SessionOpened':
      case 'MessageSent':
      case 'MessageReceived':
        return { phase: 'open', facts: event.data.session };
      case 'SessionClosed':
        return { phase: 'closed', facts: event.data.session };
      default:
        return state;
    }
  },
};

function message(command: Extract<SessionCommand, { readonly messageId: string }>): SessionEvent {
  const { session: facts, messageId, providerMessageId, address, text } = command;
  const personal = { address, text };
  if (command.type === 'ReceiveMessage') {
    return {
      type: 'MessageReceived',
      data: { session: facts, messageId, providerMessageId: command.providerMessageId },
      personal,
    };
  }
  const known = providerMessageId === undefined ? {} : { providerMessageId };
  return { type: 'MessageSent', data: { session: facts, messageId, ...known }, personal };
}

function closed(command: Extract<SessionCommand, { readonly type: 'CloseSession' }>): SessionEvent {
  const { session: facts, reason, address, results } = command;
  return { type: 'SessionClosed', data: { session: facts, reason }, personal: { address, results } };
}
