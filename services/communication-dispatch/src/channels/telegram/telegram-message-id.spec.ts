import { describe, expect, it } from '@jest/globals';
import { outcomeOfAnswer } from './telegram-answer.js';
import { noticesOfUpdate } from './telegram-update.js';

const CHAT = 491_510_000_001;

function sent(channelId: string, chat: number, number: number): string {
  const body = JSON.stringify({ ok: true, result: { message_id: number } });
  const answer = { status: 200, retryAfter: undefined, date: undefined, body };
  const outcome = outcomeOfAnswer(answer, channelId, String(chat));
  return 'outcome' in outcome && outcome.outcome === 'accepted' ? outcome.providerMessageId : '';
}

function received(channelId: string, chat: number, number: number): string {
  const message = { message_id: number, chat: { id: chat }, text: 'Hi' };
  return noticesOfUpdate(channelId, { update_id: 1, message })[0]?.providerMessageId ?? '';
}

describe('the ids of Telegram messages', () => {
  it('do not tell the chat, which an erasure would have to find', () => {
    for (const id of [sent('one', CHAT, 7), received('one', CHAT, 7)]) {
      expect(id).toMatch(/^.+:7$/);
      expect(id).not.toContain(String(CHAT));
    }
  });

  it('are the same both ways, and others in every other chat and channel', () => {
    expect(received('one', CHAT, 7)).toBe(sent('one', CHAT, 7));
    const all = [sent('one', CHAT, 7), sent('one', CHAT, 8), sent('one', -CHAT, 7), sent('two', CHAT, 7)];
    expect(new Set(all).size).toBe(all.length);
  });
});
