import type { JsonObject } from '@poinciana/contracts';
import {
  isProviderAddress,
  isProviderId,
  providerWord,
  storedText,
  type CallNotice,
  type ChannelNotice,
  type SpokenLine,
  type StatusNotice,
} from '../channel-notice.js';
import { list, member, textMember } from '../http/json.js';

/** Lines of one call that are kept. */
const TRANSCRIPT_LINES_MAX = 500;

/** Why nobody answered, by the runtime's word. */
const UNANSWERED: ReadonlyMap<string, string> = new Map([
  ['busy', 'line_busy'],
  ['no_answer', 'no_answer'],
  ['rejected', 'call_rejected'],
  ['machine', 'answering_machine'],
]);

/** Why a call could not be made, by the runtime's reason; every other is technical. */
const FAILED: ReadonlyMap<string, string> = new Map([
  ['invalid_number', 'invalid_address'],
  ['blocked', 'recipient_blocked'],
]);

/** What an event of a call tells, or the call itself when it was asked for; nothing for one in no known form. */
export function noticesOfCall(call: unknown): readonly ChannelNotice[] {
  const id = member(call, 'call_id');
  const status = textMember(call, 'status');
  if (!isProviderId(id) || status === undefined) return [];
  if (member(call, 'direction') === 'inbound') return callerNotices(call, id, status);
  const echo = textMember(call, 'reference');
  const address = numberOf(call);
  const base = {
    providerMessageId: id,
    ...(echo === undefined ? {} : { echo }),
    ...(address === undefined ? {} : { address }),
  };
  return progressOf(call, status).map((progress) => ({ ...base, ...progress }));
}

type Progress =
  | Omit<StatusNotice, 'providerMessageId' | 'echo' | 'address'>
  | Omit<CallNotice, 'providerMessageId' | 'echo' | 'address'>;

function progressOf(call: unknown, status: string): readonly Progress[] {
  const unanswered = UNANSWERED.get(status);
  if (unanswered !== undefined)
    return [{ about: 'call', progress: 'unanswered', code: unanswered, providerCode: status }];
  switch (status) {
    case 'queued':
      return [{ about: 'status', status: 'sent' }];
    case 'ringing':
      return [{ about: 'status', status: 'delivered' }];
    case 'answered':
      return [{ about: 'call', progress: 'answered' }];
    case 'failed': {
      const reason = providerWord(member(call, 'reason')) ?? 'failed';
      return [{ about: 'status', status: 'failed', code: FAILED.get(reason) ?? 'call_failed', providerCode: reason }];
    }
    case 'ended':
      return [{ about: 'call', progress: 'concluded', answered: member(call, 'answered') !== false, ...talkOf(call) }];
    default:
      return [];
  }
}

function callerNotices(call: unknown, id: string, status: string): readonly ChannelNotice[] {
  const address = numberOf(call);
  if (address === undefined) return [];
  const base = { about: 'caller', providerMessageId: id, address } as const;
  if (status === 'answered') return [{ ...base, phase: 'began' }];
  return status === 'ended' ? [{ ...base, phase: 'ended', ...talkOf(call) }] : [];
}

/** The digits of the person's number. */
function numberOf(call: unknown): string | undefined {
  const digits = textMember(call, 'number')?.replace(/\D/g, '');
  return isProviderAddress(digits) ? digits : undefined;
}

function talkOf(call: unknown): { readonly results: JsonObject; readonly transcript: readonly SpokenLine[] } {
  const given = member(call, 'results');
  const results = typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as JsonObject) : {};
  const transcript = list(member(call, 'transcript'))
    .slice(0, TRANSCRIPT_LINES_MAX)
    .flatMap((line): readonly SpokenLine[] => {
      const role = member(line, 'role');
      const text = textMember(line, 'text');
      return text === undefined || (role !== 'agent' && role !== 'person')
        ? []
        : [{ from: role, text: storedText(text) }];
    });
  return { results, transcript };
}
