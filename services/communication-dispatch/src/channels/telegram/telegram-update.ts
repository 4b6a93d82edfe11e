import { storedText, type ChannelNotice } from '../channel-notice.js';
import { member, textMember } from '../http/json.js';
import { messageIdOf } from './telegram-message-id.js';

/** What an update of the Bot API tells: a text of a person in a private chat or group; everything else is none of ours. */
export function noticesOfUpdate(channelId: string, update: unknown): readonly ChannelNotice[] {
  const message = member(update, 'message');
  const chat = member(member(message, 'chat'), 'id');
  const messageId = member(message, 'message_id');
  if (typeof chat !== 'number' || typeof messageId !== 'number') return [];
  if (member(member(message, 'from'), 'is_bot') === true) return [];
  const providerMessageId = messageIdOf(channelId, chat, messageId);
  return [{ about: 'message', providerMessageId, address: String(chat), text: textOf(message) }];
}

/** The number of an update: they ascend, and the next poll confirms them all by it. */
export function updateIdOf(update: unknown): number | undefined {
  const id = member(update, 'update_id');
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined;
}

const KINDS = ['photo', 'video', 'voice', 'audio', 'document', 'sticker', 'location', 'contact'];

function textOf(message: unknown): string {
  const text = textMember(message, 'text');
  if (text !== undefined) return storedText(text);
  const kind = KINDS.find((each) => member(message, each) !== undefined) ?? 'message';
  const caption = textMember(message, 'caption');
  return storedText(caption === undefined ? `[${kind}]` : `[${kind}] ${caption}`);
}
