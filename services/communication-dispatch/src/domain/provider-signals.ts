import { afterEvent, isEnded, type CommunicationEvent, type KnownCommunication } from './communication.js';
import type { RecordSignal } from './communication-commands.js';
import { ended, noted, told, wasTold, withSignal, type Changes } from './communication-events.js';
import { NOTED_AFTER_END, started } from './dispatch-outcomes.js';

/** Why a signal changes nothing. */
export const NEVER_SENT = 'never_sent';
export const LATE = 'late';

/**
 * A status told by the provider, in any order, any number of times. It also proves that the message was accepted: then
 * Started comes first. Each kind of signal has its effect, or its note, once.
 */
export function recordSignal(command: RecordSignal, state: KnownCommunication): readonly CommunicationEvent[] {
  const { signal, at } = command;
  const name = signal === 'sent' ? 'accepted' : signal;
  if (wasTold(state, name)) return [];
  if (isEnded(state))
    return [noted(state, name, NOTED_AFTER_END, at, { providerMessageId: command.providerMessageId })];
  if (state.facts.status !== 'Planned') return signal === 'sent' ? [] : applied(command, state);
  if (state.facts.attempts === 0) return [noted(state, name, NEVER_SENT, at)];
  return accepted(command, state);
}

/** The echo of an attempt: the answer was slower, or lost. Nothing is sent again, not even after "refused for now". */
function accepted(command: RecordSignal, state: KnownCommunication): readonly CommunicationEvent[] {
  if (command.signal === 'failed') return [failed(command, state)];
  const start = started(state, command);
  if (command.signal === 'sent') return [start];
  return [start, ...applied(command, afterEvent(start))];
}

/** Of Delivered, Read and failed: what moves the status forward, and what is late. */
function applied(command: RecordSignal, state: KnownCommunication): readonly CommunicationEvent[] {
  const { signal, at } = command;
  const { status } = state.facts;
  const changes = { signals: withSignal(state, signal, at) };
  if (signal === 'delivered' && status === 'Started') {
    return [
      told(state, { status: 'Delivered', ...changes }, (facts) => ({
        type: 'CommunicationDelivered',
        data: { communication: facts },
      })),
    ];
  }
  if (signal === 'read' && (status === 'Started' || status === 'Delivered')) {
    return [
      told(state, { status: 'Read', ...changes }, (facts) => ({
        type: 'CommunicationRead',
        data: { communication: facts },
      })),
    ];
  }
  if (signal === 'failed' && (status === 'Started' || status === 'Delivered')) return [failed(command, state)];
  return [noted(state, signal, LATE, at)];
}

function failed(command: RecordSignal, state: KnownCommunication): CommunicationEvent {
  const { code = 'message_refused', providerCode, providerMessageId, at } = command;
  const changes: Changes = { providerMessageId, signals: withSignal(state, 'failed', at) };
  return ended(state, 'Failed', at, { code, providerCode, changes });
}
