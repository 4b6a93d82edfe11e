import type { MessageParameters } from '../messages/render.js';
import { REASON_MESSAGES } from '../messages/reason-messages.js';
import { render } from '../messages/render.js';
import { isReasonCode } from './reason-codes.js';

/** A reason for people: what happened, and what one can do. */
export interface Reason {
  readonly code: string;
  readonly sentence: string;
  readonly advice: string;
}

/** The sentence and the advice of a code; an unknown code stands for itself. */
export function reason(code: string, parameters: MessageParameters = {}): Reason {
  return {
    code,
    sentence: render(REASON_MESSAGES.sentences, code, parameters),
    advice: isReasonCode(code) ? render(REASON_MESSAGES.advice, code, parameters) : '',
  };
}
