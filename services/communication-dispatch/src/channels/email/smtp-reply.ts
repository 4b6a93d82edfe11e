import type { SendOutcome } from '../channel-adapter.js';

const CHANNEL_REFUSED_PAUSE_MS = 60_000;
const LOGIN_REFUSED = new Set([530, 534, 535, 538]);
const ENHANCED = /^\d{3}[ -](\d)\.(\d{1,3})\.(\d{1,3})\b/;

/** Nobody was asked: all our connections are busy. */
export const NO_LINE = 'no_line';

/** A reply that ended a transaction, or what broke it. */
export interface SmtpFailure {
  /** The server's reply code; absent when there was no reply. */
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  /** The library's word for what broke. */
  readonly code: string;
  /** The server had answered 354: the message was, or may have been, written. */
  readonly begun: boolean;
  /** There was no connection that one could speak over. */
  readonly unconnected: boolean;
}

/** What a failed transaction means. A reply after the final dot is a certain no as any other (RFC 5321, 6.1). */
export function outcomeOfFailure(failure: SmtpFailure): SendOutcome {
  const { responseCode, response = '', code, begun, unconnected } = failure;
  if (responseCode !== undefined && responseCode >= 400)
    return unconnected ? outcomeOfGreeting(responseCode, response) : outcomeOfReply(responseCode, response);
  const providerCode = code.toLowerCase();
  if (code === 'EAUTH') return channelRefused(providerCode);
  if (code === NO_LINE) return { outcome: 'delayed', code: 'provider_busy', scope: 'person', providerCode };
  if (begun) return { outcome: 'unknown', providerCode };
  const scope = unconnected ? 'channel' : 'person';
  return { outcome: 'delayed', code: 'provider_unreachable', scope, providerCode };
}

/** Refused before any mail was spoken of: that is the channel's trouble, whatever the number. */
function outcomeOfGreeting(code: number, response: string): SendOutcome {
  const providerCode = wordOf(code, response);
  if (code >= 500) return channelRefused(providerCode);
  return { outcome: 'delayed', code: 'provider_busy', scope: 'channel', providerCode };
}

function outcomeOfReply(code: number, response: string): SendOutcome {
  const providerCode = wordOf(code, response);
  if (LOGIN_REFUSED.has(code)) return channelRefused(providerCode);
  if (code === 421) return { outcome: 'delayed', code: 'provider_busy', scope: 'channel', providerCode };
  if (code < 500) return { outcome: 'delayed', code: 'provider_busy', scope: 'person', providerCode };
  return { outcome: 'refused', code: reasonOfStatus(enhancedOf(response) ?? guessed(code)), providerCode };
}

function channelRefused(providerCode: string): SendOutcome {
  const retryAfterMs = CHANNEL_REFUSED_PAUSE_MS;
  return { outcome: 'delayed', code: 'channel_refused', scope: 'channel', retryAfterMs, providerCode };
}

/** An enhanced status for servers that give none (RFC 3463). */
function guessed(code: number): EnhancedStatus {
  if (code === 550 || code === 551 || code === 553) return { class: 5, subject: 1, detail: 1 };
  return code === 552 ? { class: 5, subject: 3, detail: 4 } : { class: 5, subject: 0, detail: 0 };
}

export interface EnhancedStatus {
  readonly class: number;
  readonly subject: number;
  readonly detail: number;
}

export function enhancedOf(response: string): EnhancedStatus | undefined {
  const match = ENHANCED.exec(response);
  return match === null ? undefined : { class: Number(match[1]), subject: Number(match[2]), detail: Number(match[3]) };
}

/** What a final status of RFC 3463 means, in a reply as in a delivery report. */
export function reasonOfStatus({ class: kind, subject, detail }: EnhancedStatus): string {
  if (subject === 1) return 'invalid_address';
  if (subject === 2) return detail === 2 ? 'mailbox_full' : 'recipient_unreachable';
  if (subject === 7) return 'policy_refused';
  if (kind === 4) return 'delivery_expired';
  return subject === 3 || subject === 6 ? 'message_refused' : subject === 4 ? 'delivery_expired' : 'message_refused';
}

/** `550 5.1.1`: the reply without the words, which may speak of the person. */
function wordOf(code: number, response: string): string {
  const enhanced = enhancedOf(response);
  return enhanced === undefined ? String(code) : `${code} ${enhanced.class}.${enhanced.subject}.${enhanced.detail}`;
}
