import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenChannel, OutgoingMessage } from '../channel-adapter.js';
import { ScriptedProvider, type ScriptedAnswer } from '../http/scripted-provider.js';
import { WhatsAppAdapter } from './whatsapp-adapter.js';

const LIMITS = { connections: 4, connectTimeoutMs: 1_000, answerTimeoutMs: 400 };

function channelAt(url: string): OpenChannel {
  const settings = { baseUrl: `${url}/v23.0`, phoneNumberId: '123456' };
  const channel = { id: '', name: '', type: 'whatsapp', running: true, settings, encryptedSecrets: {}, templates: [] };
  return { channel, secrets: { accessToken: 'secret token', verifyToken: 'verify', appSecret: 'app' } };
}

function refusal(code: number): object {
  return { error: { message: `(#${code})`, code } };
}

describe('WhatsAppAdapter', () => {
  const message: OutgoingMessage = {
    address: '491510000001',
    echo: '11111111-1111-4111-8111-111111111111',
    idempotencyKey: '22222222-2222-4222-8222-222222222222',
    content: {
      type: 'template',
      name: 'reminder',
      language: 'en',
      values: [{ text: 'Ada' }, { name: 'day', text: 'Monday' }],
    },
  };
  let provider: ScriptedProvider;
  let adapter: WhatsAppAdapter;
  let channel: OpenChannel;

  beforeEach(async () => {
    provider = new ScriptedProvider();
    channel = channelAt(await provider.listen());
    adapter = new WhatsAppAdapter(LIMITS);
  });
  afterEach(async () => {
    await adapter.close();
    await provider.stop();
  });

  async function outcomeOf(next: ScriptedAnswer) {
    provider.next = next;
    return adapter.send(channel, message);
  }

  it('posts what the Cloud API wants, and reports the address as the provider knows it', async () => {
    expect(await outcomeOf({ status: 200 })).toEqual({
      outcome: 'accepted',
      providerMessageId: 'wamid.1',
      providerAddress: '491510000009',
    });
    expect(provider.requests).toEqual([
      {
        url: '/v23.0/123456/messages',
        authorization: 'Bearer secret token',
        body: {
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: '491510000001',
          biz_opaque_callback_data: message.echo,
          type: 'template',
          template: {
            name: 'reminder',
            language: { code: 'en' },
            components: [
              {
                type: 'body',
                parameters: [
                  { type: 'text', text: 'Ada' },
                  { type: 'text', parameter_name: 'day', text: 'Monday' },
                ],
              },
            ],
          },
        },
      },
    ]);
  });

  it('takes what is longer than it can store for no id and no address', async () => {
    const body = { messages: [{ id: 'w'.repeat(512) }], contacts: [{ wa_id: '4'.repeat(321) }] };
    expect(await outcomeOf({ status: 200, body })).toEqual({
      outcome: 'accepted',
      providerMessageId: 'w'.repeat(512),
    });
    expect(await outcomeOf({ status: 200, body: { messages: [{ id: 'w'.repeat(513) }] } })).toEqual({
      outcome: 'unknown',
      providerCode: 'no_message_id',
    });
  });

  it('obeys Retry-After, in seconds and as an instant of the provider', async () => {
    const headers = { date: 'Mon, 02 Mar 2026 09:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 09:00:30 GMT' };
    expect(await outcomeOf({ status: 429, body: refusal(130429), headers })).toMatchObject({ retryAfterMs: 30_000 });
    const outcome = await outcomeOf({ status: 429, body: refusal(130429), headers: { 'retry-after': '7' } });
    expect(outcome).toEqual({
      outcome: 'delayed',
      code: 'rate_limited',
      scope: 'channel',
      providerCode: '130429',
      retryAfterMs: 7_000,
    });
  });

  it.each([
    [400, 131056, { outcome: 'delayed', code: 'rate_limited', scope: 'person' }],
    [500, 131016, { outcome: 'delayed', code: 'provider_busy', fewTries: true }],
    [401, 190, { outcome: 'delayed', code: 'channel_refused', scope: 'channel' }],
    [400, 131026, { outcome: 'refused', code: 'recipient_unreachable', providerCode: '131026' }],
    [404, 132001, { outcome: 'refused', code: 'template_refused' }],
    [400, 999_999, { outcome: 'refused', code: 'message_refused', providerCode: '999999' }],
    [500, 999_999, { outcome: 'unknown', providerCode: '999999' }],
  ])('decides on HTTP %d with code %d', async (status, code, expected) => {
    expect(await outcomeOf({ status, body: refusal(code) })).toMatchObject(expected);
  });

  it('knows nothing after a bare server error, a reset, a lost or a missing answer', async () => {
    for (const next of [
      { status: 502 },
      { status: 200, body: { messages: [] } },
      'reset',
      'lose',
      'silence',
    ] as const) {
      expect((await outcomeOf(next)).outcome).toBe('unknown');
    }
    expect(provider.requests).toHaveLength(5);
  });

  it('knows that nothing was sent when there is no link', async () => {
    await provider.stop();
    expect(await adapter.send(channel, message)).toMatchObject({
      outcome: 'delayed',
      code: 'provider_unreachable',
      scope: 'channel',
    });
    provider = new ScriptedProvider();
    await provider.listen();
  });

  it('calls nobody without token, number or address', async () => {
    const incomplete = { ...channel, secrets: {} };
    expect(await adapter.send(incomplete, message)).toMatchObject({ outcome: 'delayed', code: 'channel_refused' });
    const strange = {
      ...channel,
      channel: { ...channel.channel, settings: { ...channel.channel.settings, phoneNumberId: '../me' } },
    };
    expect(await adapter.send(strange, message)).toMatchObject({ outcome: 'delayed', code: 'channel_refused' });
    expect(provider.requests).toHaveLength(0);
  });

  it('answers the check of the address only to who knows the token', () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'verify', 'hub.challenge': '42' };
    expect(adapter.verify(channel, query)).toBe('42');
    expect(adapter.verify(channel, { ...query, 'hub.verify_token': 'verif' })).toBeUndefined();
    expect(adapter.verify({ ...channel, secrets: {} }, query)).toBeUndefined();
  });
});
