import type { SendOutcome } from '../channel-adapter.js';
import { retryAfterMs, type ProviderAnswer } from './call-once.js';

/** A refused channel is asked again after this long. */
const CHANNEL_REFUSED_PAUSE_MS = 60_000;
const CHANNEL_REFUSED = new Set([401, 402, 403]);

/**
 * What an answer other than 2xx means in the contracts that are ours (voice runtime, webhook channel). 503 says "not taken" only
 * when it names an error or a time; any other server error may have come after the message was taken. `word` is the error named.
 */
export function refusalOf(answer: ProviderAnswer, word: string | undefined): SendOutcome {
  const { status } = answer;
  const providerCode = word ?? `http_${status}`;
  const pause = retryAfterMs(answer);
  const asked = pause === undefined ? {} : { retryAfterMs: pause };
  if (status === 429) return { outcome: 'delayed', code: 'rate_limited', scope: 'channel', providerCode, ...asked };
  if (status === 503 && (word !== undefined || pause !== undefined))
    return { outcome: 'delayed', code: 'provider_busy', scope: 'channel', providerCode, ...asked };
  if (CHANNEL_REFUSED.has(status)) {
    const retryAfter = CHANNEL_REFUSED_PAUSE_MS;
    return { outcome: 'delayed', code: 'channel_refused', scope: 'channel', providerCode, retryAfterMs: retryAfter };
  }
  if (status >= 500 || status < 400) return { outcome: 'unknown', providerCode };
  return { outcome: 'refused', code: 'message_refused', providerCode };
}
