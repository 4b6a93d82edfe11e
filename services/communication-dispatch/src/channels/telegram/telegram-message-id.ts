import { derivedId } from '@poinciana/event-sourcing';

/**
 * Names a message: its number counts in its chat only. The chat itself, which may be a person, is not told: ids of messages outlive an
 * erasure.
 */
export function messageIdOf(channelId: string, chatId: number | string, messageId: number): string {
  return `${derivedId('telegram chat', channelId, String(chatId))}:${messageId}`;
}
