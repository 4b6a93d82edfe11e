import type { FaultRule } from '../faults/fault-rule.js';
import type { HttpAnswer } from './http-answer.js';
import type { TakenMessage, Taking } from './message-ledger.js';
import type { AnyChannel } from './simulated-channel.js';

const SLOW_ANSWER_MS_DEFAULT = 1_000;

/** The words in which a provider says yes and no. */
export interface ProviderWords {
  accepted(message: TakenMessage): { readonly httpStatus: number; readonly body: object };
  refused(fault: FaultRule): { readonly httpStatus: number; readonly body: object };
}

/**
 * What becomes of a valid request under the faults in force: refused, reset, or taken and answered in one of several ways. `whyNot` is
 * the person's own nature, asked when no fault strikes before.
 */
export function receive(
  channel: AnyChannel,
  taking: Taking,
  words: ProviderWords,
  whyNot: () => HttpAnswer | undefined,
): HttpAnswer {
  channel.ledger.requireRoom();
  const fault = channel.drawRequestFault(taking);
  if (fault?.kind === 'resetBeforeAcceptance') return { does: 'reset' };
  if (fault?.kind === 'refuse') return faulty(fault, words);
  return whyNot() ?? answered(channel.accept(taking), fault, words);
}

function answered(message: TakenMessage, fault: FaultRule | undefined, words: ProviderWords): HttpAnswer {
  if (fault?.kind === 'resetAfterAcceptance') return { does: 'reset' };
  if (fault?.kind === 'errorAfterAcceptance') return faulty(fault, words);
  const { httpStatus, body } = words.accepted(message);
  const answer: HttpAnswer = { does: 'answer', httpStatus, body: JSON.stringify(body) };
  return fault?.kind === 'slowAnswer' ? { ...answer, delayMs: fault.delayMs ?? SLOW_ANSWER_MS_DEFAULT } : answer;
}

function faulty(fault: FaultRule, words: ProviderWords): HttpAnswer {
  const { httpStatus, body } = words.refused(fault);
  return {
    does: 'answer',
    httpStatus,
    body: fault.bare ? '' : JSON.stringify(body),
    retryAfterSeconds: fault.retryAfterSeconds,
  };
}
