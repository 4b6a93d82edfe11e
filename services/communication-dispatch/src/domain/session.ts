import type { session as contract } from '@poinciana/contracts';
import type { Decider, EventOf } from '@poinciana/event-sourcing';

export type SessionFacts = contract.Session;
export type CloseReason = 'agent' | 'duration' | 'canceled' | 'ended';

/** A conversation: before it is opened, open, or closed. What was said stays in its stream. */
export interface Session {
  readonly phase: 'none' | 'open' | 'closed';
  readonly facts?: SessionFacts;
  /** Messages of ours whose intent is stored and whose outcome is not. */
  readonly open: readonly string[];
  /** The person it was with was erased: it takes nothing personal any more. */
  readonly erased?: true;
}

export type SessionEvent =
  | EventOf<'MessageSent', contract.MessageSent, contract.MessagePersonal>
  | EventOf<'MessageAccepted', contract.MessageAccepted>
  | EventOf<'MessageFailed', contract.MessageFailed>
  | EventOf<'AgentFailed', contract.AgentFailed>
  | EventOf<'MessageReceived', contract.MessageReceived, contract.MessagePersonal>
  | EventOf<'IncomingSessionStarted', contract.IncomingSessionStarted, contract.SessionPersonal>
  | EventOf<'SessionClosed', contract.SessionClosed, contract.SessionClosedPersonal>
  | EventOf<'SessionErased', contract.SessionErased>;

interface Message {
  readonly session: SessionFacts;
  readonly address: string;
  readonly messageId: string;
  readonly text: string;
}

export type SessionCommand =
  /** With the provider's id it is sent already; without it, it is an intent whose outcome follows. */
  | ({ readonly type: 'SendMessage'; readonly providerMessageId?: string | undefined } & Message)
  | ({ readonly type: 'ReceiveMessage'; readonly providerMessageId: string } & Message)
  | { readonly type: 'RecordMessageAccepted'; readonly messageId: string; readonly providerMessageId: string }
  | {
      readonly type: 'RecordMessageFailed';
      readonly messageId: string;
      readonly code: string;
      readonly providerCode?: string | undefined;
    }
  /** The agent said nothing about a message of the person in time, or refused it. */
  | {
      readonly type: 'RecordAgentFailure';
      readonly messageId: string;
      readonly code: 'agent_failed';
      readonly providerCode: string;
    }
  /** A participant whom an inbound session concerns (A17). */
  | {
      readonly type: 'StartIncoming';
      readonly address: string;
      readonly participantId: string;
      readonly campaignId: string;
    }
  | {
      readonly type: 'CloseSession';
      readonly session: SessionFacts;
      readonly address: string;
      readonly reason: CloseReason;
      readonly results: contract.SessionClosedPersonal['results'];
    }
  /** The person it was with was erased (rule 11): it ends, also before it began, and whoever keeps what was said forgets it. */
  | { readonly type: 'EraseSession'; readonly session: SessionFacts };

type MessageCommand = Extract<SessionCommand, { readonly text: string }>;
type OutcomeCommand = Extract<SessionCommand, { readonly type: 'RecordMessageAccepted' | 'RecordMessageFailed' }>;

/**
 * A session begins with its first message, whoever writes it: no event of its own says so. A closed session takes no message any more; one
 * that never opened is not closed. An intent gets one outcome, also after the end.
 */
export const session: Decider<SessionCommand, Session, SessionEvent> = {
  initialState: { phase: 'none', open: [] },
  decide(command, state) {
    if (command.type === 'RecordMessageAccepted' || command.type === 'RecordMessageFailed')
      return outcome(command, state);
    if (command.type === 'EraseSession') return erased(command, state);
    if (command.type === 'StartIncoming') return incoming(command, state);
    if (command.type === 'RecordAgentFailure') return agentFailed(command, state);
    if (state.phase === 'closed') return [];
    if (command.type === 'CloseSession') return state.phase === 'open' ? [closed(command)] : [];
    return [message(command)];
  },
  evolve(state, event) {
    switch (event.type) {
      case 'MessageSent': {
        const { session: facts, messageId, providerMessageId } = event.data;
        const open = providerMessageId === undefined ? [...state.open, messageId] : state.open;
        const phase = state.phase === 'closed' ? 'closed' : 'open';
        return { phase, facts, open, ...(state.erased === true ? { erased: true } : {}) };
      }
      case 'MessageAccepted':
      case 'MessageFailed':
        return { ...state, open: state.open.filter((messageId) => messageId !== event.data.messageId) };
      case 'MessageReceived':
        return { ...state, phase: 'open', facts: event.data.session };
      case 'SessionClosed':
        return { ...state, phase: 'closed', facts: event.data.session };
      case 'SessionErased':
        return { ...state, phase: 'closed', facts: event.data.session, erased: true };
      default:
        return state;
    }
  },
};

function message(command: MessageCommand): SessionEvent {
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

function outcome(command: OutcomeCommand, { facts, open }: Session): readonly SessionEvent[] {
  const { messageId } = command;
  if (facts === undefined || !open.includes(messageId)) return [];
  if (command.type === 'RecordMessageAccepted') {
    const { providerMessageId } = command;
    return [{ type: 'MessageAccepted', data: { session: facts, messageId, providerMessageId } }];
  }
  const { code, providerCode } = command;
  const word = providerCode === undefined ? {} : { providerCode };
  return [{ type: 'MessageFailed', data: { session: facts, messageId, code, ...word } }];
}

function agentFailed(
  { type: _, ...failure }: Extract<SessionCommand, { readonly type: 'RecordAgentFailure' }>,
  { facts, phase }: Session,
): readonly SessionEvent[] {
  return facts === undefined || phase === 'closed'
    ? []
    : [{ type: 'AgentFailed', data: { session: facts, ...failure } }];
}

/** Fires once a participant: its command's id follows from the session and the participant. */
function incoming(
  { address, participantId, campaignId }: Extract<SessionCommand, { readonly type: 'StartIncoming' }>,
  { facts, erased: isErased }: Session,
): readonly SessionEvent[] {
  if (facts?.direction !== 'inbound' || isErased === true) return [];
  return [
    { type: 'IncomingSessionStarted', data: { session: facts, participantId, campaignId }, personal: { address } },
  ];
}

function erased(
  { session: facts }: Extract<SessionCommand, { readonly type: 'EraseSession' }>,
  { phase, erased: isErased }: Session,
): readonly SessionEvent[] {
  if (isErased === true) return [];
  const end = closed({ type: 'CloseSession', session: facts, address: '', reason: 'ended', results: {} });
  return [...(phase === 'closed' ? [] : [end]), { type: 'SessionErased', data: { session: facts } }];
}

function closed(command: Extract<SessionCommand, { readonly type: 'CloseSession' }>): SessionEvent {
  const { session: facts, reason, address, results } = command;
  return { type: 'SessionClosed', data: { session: facts, reason }, personal: { address, results } };
}
