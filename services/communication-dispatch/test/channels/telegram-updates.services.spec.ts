import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { messageIdOf } from '../../src/channels/telegram/telegram-message-id.js';
import { PLAYED, SimulatedAdapter } from './simulated-adapters.js';

const TELEGRAM = PLAYED['Telegram'];
if (TELEGRAM === undefined) throw new Error('Telegram is played');
const ID = '11111111-1111-4111-8111-111111111111';

describe('TelegramAdapter', () => {
  let started: SimulatedAdapter;
  beforeEach(async () => {
    started = await SimulatedAdapter.start(TELEGRAM);
  });
  afterEach(async () => {
    await started.adapter.close();
    await started.stop();
  });

  function send(address = '4242') {
    const { adapter, channel, content } = started;
    return adapter.send(channel, { address, echo: ID, idempotencyKey: ID, content });
  }

  it('holds the bot as long as Telegram says', async () => {
    await started.behave('delays');
    expect(await send()).toMatchObject({ code: 'rate_limited', scope: 'channel', retryAfterMs: 3_000 });
  });

  it('tells who blocked the bot from who does not exist', async () => {
    await started.control('PUT', 'blocked', { chatId: 4242, isBlocked: true });
    expect(await send()).toMatchObject({ outcome: 'refused', code: 'recipient_blocked', providerCode: '403' });
    await started.control('POST', 'faults', { kind: 'refuse', code: 400 });
    expect(await send('77')).toMatchObject({ outcome: 'refused', code: 'invalid_address' });
  });

  it('follows a chat that moved, once', async () => {
    await started.control('PUT', 'migrated', { from: 4242, to: 5555 });
    expect(await send()).toMatchObject({ outcome: 'accepted', providerAddress: '5555' });
    await started.control('PUT', 'migrated', { from: 5555, to: 6666 });
    expect(await send()).toMatchObject({ outcome: 'refused', code: 'invalid_address' });
  });

  it('asks for news, confirms them by going on, and is held no longer than it wants', async () => {
    const { adapter, channel } = started;
    expect(adapter.polls(channel)).toBe(true);
    await started.control('POST', 'inbound', { from: 4242, text: 'Hi\0!' });
    const polled = await adapter.poll(channel, undefined, new AbortController().signal);
    expect(polled).toMatchObject({ notices: [{ about: 'message', address: '4242', text: 'Hi!' }] });
    const cursor = 'cursor' in polled ? polled.cursor : undefined;
    const stopping = new AbortController();
    const waiting = adapter.poll(channel, cursor, stopping.signal);
    stopping.abort();
    expect(await waiting).toEqual({ failed: 'aborted' });
    await started.vanish();
    expect(await adapter.poll(channel, cursor, new AbortController().signal)).toHaveProperty('failed');
  });

  it('knows its own webhooks by their secret', () => {
    const { adapter, channel } = started;
    const body = Buffer.from('{"update_id":1,"message":{"message_id":2,"chat":{"id":4242},"text":"Hi"}}');
    const request = { body, atMs: 0, headers: { 'x-telegram-bot-api-secret-token': 'hook' } };
    expect(adapter.isAuthentic(channel, request)).toBe(true);
    expect(adapter.isAuthentic(channel, { ...request, headers: { 'x-telegram-bot-api-secret-token': 'hoo' } })).toBe(
      false,
    );
    const providerMessageId = messageIdOf(channel.channel.id, '4242', 2);
    expect(adapter.read(request, channel)).toEqual([
      { about: 'message', providerMessageId, address: '4242', text: 'Hi' },
    ]);
  });
});
