import type { SendOutcome } from '../channel-adapter.js';
import { retryAfterMs, type ProviderAnswer } from '../http/call-once.js';
import { member, parsed, textMember } from '../http/json.js';
import { messageIdOf } from './telegram-message-id.js';

/** A refused channel is asked again after this long. */
const CHANNEL_REFUSED_PAUSE_MS = 60_000;
/** 429 without a number: the bot is left alone for a second. */
const RATE_LIMITED_PAUSE_MS = 1_000;
const FORBIDDEN_TO_PERSON = /blocked by the user|user is deactivated|can't initiate conversation/i;

/** What an answer to `sendMessage` says; `movedTo` when the chat has another id now. */
export function outcomeOfAnswer(
  answer: ProviderAnswer,
  channelId: string,
  chatId: string,
): SendOutcome | { readonly movedTo: string } {
  const json = parsed(answer.body);
  if (answer.status === 200 && member(json, 'ok') === true) return accepted(json, channelId, chatId);
  const code = member(json, 'error_code');
  const errorCode = typeof code === 'number' ? code : undefined;
  const moved = member(member(json, 'parameters'), 'migrate_to_chat_id');
  if (errorCode === 400 && typeof moved === 'number') return { movedTo: String(moved) };
  // Without the Bot API's own words it may be anything in between, and the message may be through.
  if (errorCode === undefined) return outcomeOfStatus(answer);
  return outcomeOfError(errorCode, textMember(json, 'description') ?? '', json, answer);
}

function accepted(json: unknown, channelId: string, chatId: string): SendOutcome {
  const id = member(member(json, 'result'), 'message_id');
  if (typeof id !== 'number') return { outcome: 'unknown', providerCode: 'no_message_id' };
  return { outcome: 'accepted', providerMessageId: messageIdOf(channelId, chatId, id) };
}

function outcomeOfStatus(answer: ProviderAnswer): SendOutcome {
  const providerCode = `http_${answer.status}`;
  if (answer.status === 429) return rateLimited(providerCode, retryAfterMs(answer));
  return { outcome: 'unknown', providerCode };
}

function outcomeOfError(code: number, description: string, json: unknown, answer: ProviderAnswer): SendOutcome {
  const providerCode = String(code);
  if (code === 429) {
    const seconds = member(member(json, 'parameters'), 'retry_after');
    return rateLimited(providerCode, typeof seconds === 'number' ? seconds * 1_000 : retryAfterMs(answer));
  }
  if (code === 403) {
    const isPerson = FORBIDDEN_TO_PERSON.test(description);
    return { outcome: 'refused', code: isPerson ? 'recipient_blocked' : 'recipient_unreachable', providerCode };
  }
  if (code === 400) {
    const isAddress = /chat not found|chat_id is empty|PEER_ID_INVALID/i.test(description);
    return { outcome: 'refused', code: isAddress ? 'invalid_address' : 'message_refused', providerCode };
  }
  if (code === 401 || code === 404) return channelRefused(providerCode);
  return code >= 500
    ? { outcome: 'unknown', providerCode }
    : { outcome: 'refused', code: 'message_refused', providerCode };
}

function channelRefused(providerCode: string): SendOutcome {
  const retryAfter = CHANNEL_REFUSED_PAUSE_MS;
  return { outcome: 'delayed', code: 'channel_refused', scope: 'channel', retryAfterMs: retryAfter, providerCode };
}

/** Holds the whole bot. */
function rateLimited(providerCode: string, pauseMs: number | undefined): SendOutcome {
  const retryAfter = pauseMs ?? RATE_LIMITED_PAUSE_MS;
  return { outcome: 'delayed', code: 'rate_limited', scope: 'channel', retryAfterMs: retryAfter, providerCode };
}
