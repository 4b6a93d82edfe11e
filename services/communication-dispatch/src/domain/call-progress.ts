import { afterEvent, durationEnd, isEnded, type CommunicationEvent, type KnownCommunication } from './communication.js';
import type { RecordCall } from './communication-commands.js';
import { ended, noted, told, wasTold, withSignal, type Changes } from './communication-events.js';
import { NOTED_AFTER_END, started } from './dispatch-outcomes.js';
import { LATE, NEVER_SENT } from './provider-signals.js';

/** How a call goes on, told in any order, any number of times; each kind has its effect, or its note, once. */
export function recordCall(command: RecordCall, state: KnownCommunication): readonly CommunicationEvent[] {
  const { progress, at, providerMessageId } = command;
  if (wasTold(state, progress)) return [];
  if (isEnded(state)) return [noted(state, progress, NOTED_AFTER_END, at, { providerMessageId })];
  if (state.facts.status !== 'Planned') return applied(command, state);
  if (state.facts.attempts === 0) return [noted(state, progress, NEVER_SENT, at)];
  const start = started(state, command);
  return [start, ...applied(command, afterEvent(start))];
}

function applied(command: RecordCall, state: KnownCommunication): readonly CommunicationEvent[] {
  const { progress, at, code = 'no_answer', providerCode } = command;
  const end = durationEnd(state);
  // The end wins (A63): what the duration makes of it stands.
  if (end !== undefined && at >= end) return [];
  const hasReplied = state.facts.status === 'Replied';
  const signals = withSignal(state, progress, at);
  if (progress === 'answered')
    return hasReplied ? [noted(state, progress, LATE, at)] : [answered(state, at, { signals })];
  if (progress === 'unanswered') {
    if (hasReplied) return [noted(state, progress, LATE, at)];
    return [ended(state, 'NoResponse', at, { code, providerCode, changes: { signals } })];
  }
  return concluded(command, state, { signals });
}

/** A call is answered before it ends, even if that is told later. */
function concluded(
  { at, answered: wasAnswered = true, results = {} }: RecordCall,
  state: KnownCommunication,
  changes: Changes,
): readonly CommunicationEvent[] {
  const hasReplied = state.facts.status === 'Replied';
  if (!hasReplied && !wasAnswered) return [ended(state, 'NoResponse', at, { code: 'no_answer', changes })];
  const before = hasReplied ? [] : [answered(state, at, {})];
  const [reply] = before;
  const now = reply === undefined ? state : afterEvent(reply);
  return [...before, ended(now, 'Completed', at, { changes }, { results })];
}

function answered(state: KnownCommunication, at: string, changes: Changes): CommunicationEvent {
  return told(state, { ...changes, status: 'Replied', repliedAt: at }, (communication) => ({
    type: 'CommunicationReplied',
    data: { communication },
  }));
}
