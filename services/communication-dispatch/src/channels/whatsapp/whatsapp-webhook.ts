import { createHmac, timingSafeEqual } from 'node:crypto';
import type { OpenChannel } from '../channel-adapter.js';
import {
  isProviderAddress as isAddress,
  isProviderId as isId,
  storedText,
  type ChannelNotice,
} from '../channel-notice.js';
import { list, member, parsed, textMember } from '../http/json.js';
import { failureOfCode } from './whatsapp-errors.js';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
const STATUSES = new Set(['sent', 'delivered', 'read', 'failed']);

/** `X-Hub-Signature-256` over the raw bytes, compared in constant time. */
export function isSigned(body: Buffer, header: string | string[] | undefined, appSecret: string): boolean {
  const given = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
  const expected = createHmac('sha256', appSecret).update(body).digest();
  return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

/** Everything that a request's `entry[].changes[].value` tells, in its order; `undefined` for what is not in this form. */
export function noticesOf(body: Buffer): readonly ChannelNotice[] | undefined {
  const entries = member(parsed(body.toString('utf8')), 'entry');
  if (!Array.isArray(entries)) return undefined;
  return entries
    .flatMap((entry) => list(member(entry, 'changes')))
    .map((change) => member(change, 'value'))
    .flatMap((value) => {
      const number = member(member(value, 'metadata'), 'phone_number_id');
      const about = isId(number) ? { phoneNumberId: number } : {};
      const notices = [
        ...list(member(value, 'statuses')).flatMap(statusOf),
        ...list(member(value, 'messages')).flatMap(messageOf),
      ];
      return notices.map((notice) => ({ ...notice, ...about }));
    });
}

/** All numbers of an app are told to one address. */
export function isAboutNumber({ channel }: OpenChannel, notice: ChannelNotice): boolean {
  const number = 'phoneNumberId' in notice ? notice.phoneNumberId : undefined;
  return number === undefined || number === channel.settings['phoneNumberId'];
}

function statusOf(status: unknown): readonly ChannelNotice[] {
  const id = member(status, 'id');
  const word = member(status, 'status');
  if (!isId(id) || typeof word !== 'string' || !STATUSES.has(word)) return [];
  const echo = member(status, 'biz_opaque_callback_data');
  const address = member(status, 'recipient_id');
  const code = member(list(member(status, 'errors'))[0], 'code');
  return [
    {
      about: 'status',
      status: word as 'sent' | 'delivered' | 'read' | 'failed',
      providerMessageId: id,
      ...(typeof echo === 'string' ? { echo } : {}),
      ...(isAddress(address) ? { address } : {}),
      ...(typeof code === 'number' ? { code: failureOfCode(code), providerCode: String(code) } : {}),
    },
  ];
}

function messageOf(message: unknown): readonly ChannelNotice[] {
  const id = member(message, 'id');
  const from = member(message, 'from');
  if (!isId(id) || !isAddress(from)) return [];
  return [{ about: 'message', providerMessageId: id, address: from.replace(/\D/g, ''), text: textOf(message) }];
}

/** What was written; of media the kind with its caption or name, of other kinds of messages their kind. */
function textOf(message: unknown): string {
  const type = member(message, 'type');
  const text = member(member(message, 'text'), 'body') ?? member(member(message, 'button'), 'text');
  if (typeof text === 'string') return storedText(text);
  const kind = typeof type === 'string' ? type.slice(0, 40) : 'message';
  const media = member(message, kind);
  const caption = textMember(media, 'caption') ?? textMember(media, 'filename') ?? textMember(media, 'link');
  return storedText(caption === undefined ? `[${kind}]` : `[${kind}] ${caption}`);
}
