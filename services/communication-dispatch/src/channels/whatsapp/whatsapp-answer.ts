import type { SendOutcome } from '../channel-adapter.js';
import { isProviderAddress, isProviderId } from '../channel-notice.js';
import { retryAfterMs, type ProviderAnswer } from '../http/call-once.js';
import { first, member, parsed } from '../http/json.js';
import { outcomeOfCode } from './whatsapp-errors.js';

/** What an answer says. Decided by the code in the body where there is one, else by the status. */
export function outcomeOfAnswer(answer: ProviderAnswer): SendOutcome {
  const { status, body } = answer;
  const json = parsed(body);
  if (status >= 200 && status < 300) return accepted(json);
  const code = codeOf(json);
  const known = code === undefined ? undefined : outcomeOfCode(code);
  const outcome = known ?? outcomeOfStatus(status, code);
  const pause = retryAfterMs(answer);
  return outcome.outcome === 'delayed' && pause !== undefined
    ? { ...outcome, retryAfterMs: Math.max(pause, outcome.retryAfterMs ?? 0) }
    : outcome;
}

/** Taken, but without its id nothing could be recognised: then only an echo can prove it. */
function accepted(json: unknown): SendOutcome {
  const message = first(member(json, 'messages'));
  const id = member(message, 'id');
  if (!isProviderId(id)) return { outcome: 'unknown', providerCode: 'no_message_id' };
  const address = member(first(member(json, 'contacts')), 'wa_id');
  return {
    outcome: 'accepted',
    providerMessageId: id,
    ...(isProviderAddress(address) ? { providerAddress: address } : {}),
  };
}

function outcomeOfStatus(status: number, code: number | undefined): SendOutcome {
  const providerCode = code === undefined ? `http_${status}` : String(code);
  if (status === 429) return { outcome: 'delayed', code: 'rate_limited', scope: 'channel', providerCode };
  if (status === 401 || status === 403)
    return { outcome: 'delayed', code: 'channel_refused', scope: 'channel', providerCode };
  // A server error that names no code may have happened after the message was taken.
  return status >= 500 || status < 400
    ? { outcome: 'unknown', providerCode }
    : { outcome: 'refused', code: 'message_refused', providerCode };
}

function codeOf(json: unknown): number | undefined {
  const code = member(member(json, 'error'), 'code');
  return typeof code === 'number' ? code : undefined;
}
