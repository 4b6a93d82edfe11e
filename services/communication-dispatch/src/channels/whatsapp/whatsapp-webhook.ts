import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ChannelNotice } from '../channel-adapter.js';
import { failureOfCode } from './whatsapp-errors.js';
import { member } from './whatsapp-answer.js';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
const STATUSES = new Set(['sent', 'delivered', 'read', 'failed']);
/** A message's text is kept up to this length, in characters; a person's novel is cut, not refused. */
export const MESSAGE_CHARACTERS_MAX = 32_767;
const ID_LENGTH_MAX = 300;

/** `X-Hub-Signature-256` over the raw bytes, compared in constant time. */
export function isSigned(body: Buffer, header: string | string[] | undefined, appSecret: string): boolean {
  const given = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
  const expected = createHmac('sha256', appSecret).update(body).digest();
  return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

/** Everything that a request's `entry[].changes[].value` tells, in its order; `undefined` for what is not in this form. */
export function noticesOf(body: Buffer): readonly ChannelNotice[] | undefined {
  const entries = member(parsed(body), 'entry');
  if (!Array.isArray(entries)) return undefined;
  return entries
    .flatMap((entry) => list(member(entry, 'changes')))
    .map((change) => member(change, 'value'))
    .flatMap((value) => [
      ...list(member(value, 'statuses')).flatMap(statusOf),
      ...list(member(value, 'messages')).flatMap(messageOf),
    ]);
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
      ...(isId(address) ? { address } : {}),
      ...(typeof code === 'number' ? { code: failureOfCode(code), providerCode: String(code) } : {}),
    },
  ];
}

function messageOf(message: unknown): readonly ChannelNotice[] {
  const id = member(message, 'id');
  const from = member(message, 'from');
  if (!isId(id) || !isId(from)) return [];
  return [{ about: 'message', providerMessageId: id, address: from.replace(/\D/g, ''), text: textOf(message) }];
}

/** What was written; of other kinds of messages their kind. A text cannot be stored with NUL in it. */
function textOf(message: unknown): string {
  const type = member(message, 'type');
  const text = member(member(message, 'text'), 'body') ?? member(member(message, 'button'), 'text');
  const written = typeof text === 'string' ? text : `[${typeof type === 'string' ? type.slice(0, 40) : 'message'}]`;
  return written.replaceAll('\0', '').slice(0, MESSAGE_CHARACTERS_MAX);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= ID_LENGTH_MAX && !value.includes('\0');
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
