import type { SendOutcome } from '../channel-adapter.js';

/** Codes of the Cloud API after which the same message may be sent later, and whom the pause concerns. */
const LATER: Readonly<Record<number, Omit<Extract<SendOutcome, { readonly outcome: 'delayed' }>, 'outcome'>>> = {
  130429: { code: 'rate_limited', scope: 'channel' },
  4: { code: 'rate_limited', scope: 'channel' },
  80007: { code: 'rate_limited', scope: 'channel' },
  131057: { code: 'provider_busy', scope: 'channel' },
  1: { code: 'provider_busy', scope: 'channel', fewTries: true },
  2: { code: 'provider_busy', scope: 'channel', fewTries: true },
  131000: { code: 'provider_busy', scope: 'person', fewTries: true },
  131016: { code: 'provider_busy', scope: 'channel', fewTries: true },
  131056: { code: 'rate_limited', scope: 'person', retryAfterMs: 6_000 },
  131049: { code: 'rate_limited', scope: 'person', retryAfterMs: 24 * 60 * 60 * 1_000 },
};

/** Codes that are final for the person or the message. */
const FINAL: Readonly<Record<number, string>> = {
  131026: 'recipient_unreachable',
  131050: 'recipient_opted_out',
  131021: 'invalid_address',
  130472: 'policy_refused',
  131008: 'message_refused',
  131009: 'message_refused',
  131051: 'message_refused',
  131052: 'message_refused',
  131053: 'message_refused',
  100: 'message_refused',
  132000: 'template_refused',
  132001: 'template_refused',
  132005: 'template_refused',
  132007: 'template_refused',
  132012: 'template_refused',
  132015: 'template_refused',
  132016: 'template_refused',
  131047: 'outside_service_window',
};

/** Codes that say that nothing goes through this channel until somebody repairs it. */
const CHANNEL = new Set([0, 190, 3, 10, 368, 131005, 131031, 131042, 131048, 133010]);
const PERMISSION_FIRST = 200;
const PERMISSION_LAST = 299;
/** A refused channel is asked again after this long. */
const CHANNEL_REFUSED_PAUSE_MS = 60_000;

/** What a code of the Cloud API means for sending; `undefined` for one that is not known. */
export function outcomeOfCode(code: number): SendOutcome | undefined {
  const providerCode = String(code);
  const later = LATER[code];
  if (later !== undefined) return { outcome: 'delayed', ...later, providerCode };
  if (CHANNEL.has(code) || (code >= PERMISSION_FIRST && code <= PERMISSION_LAST)) {
    return {
      outcome: 'delayed',
      code: 'channel_refused',
      scope: 'channel',
      retryAfterMs: CHANNEL_REFUSED_PAUSE_MS,
      providerCode,
    };
  }
  const final = FINAL[code];
  return final === undefined ? undefined : { outcome: 'refused', code: final, providerCode };
}

/** What a code in a `failed` status means: the message will not arrive, whatever the reason. */
export function failureOfCode(code: number): string {
  const outcome = outcomeOfCode(code);
  if (outcome === undefined || !('code' in outcome)) return 'message_refused';
  return outcome.outcome === 'refused' ? outcome.code : code === 131049 ? 'policy_refused' : 'delivery_expired';
}
