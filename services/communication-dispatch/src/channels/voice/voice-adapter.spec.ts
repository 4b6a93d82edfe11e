import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenChannel } from '../channel-adapter.js';
import { ScriptedProvider } from '../http/scripted-provider.js';
import { VoiceAdapter } from './voice-adapter.js';
import { noticesOfCall } from './voice-events.js';

const ECHO = '11111111-1111-4111-8111-111111111111';
const ENDLESS = 'x'.repeat(900_000);

describe('what a voice runtime names', () => {
  let provider: ScriptedProvider;
  let adapter: VoiceAdapter;
  let open: OpenChannel;

  beforeEach(async () => {
    provider = new ScriptedProvider();
    const settings = { baseUrl: await provider.listen() };
    const channel = { id: '', name: '', type: 'voice', running: true, settings, encryptedSecrets: {}, templates: [] };
    open = { channel, secrets: { apiKey: 'key' } };
    adapter = new VoiceAdapter({ connections: 1, connectTimeoutMs: 1_000, answerTimeoutMs: 1_000 });
  });
  afterEach(async () => {
    await adapter.close();
    await provider.stop();
  });

  function call() {
    const content = { type: 'call', agentId: 'a', sipServer: '', sipParameters: {}, context: {} } as const;
    return adapter.send(open, { address: '49151', echo: ECHO, idempotencyKey: ECHO, content });
  }

  it('is no id of a call when it is longer than one is stored', async () => {
    provider.next = { status: 201, body: { call_id: ENDLESS } };
    expect(await call()).toEqual({ outcome: 'unknown', providerCode: 'no_call_id' });
    provider.next = { status: 201, body: { call_id: 'c'.repeat(512) } };
    expect(await call()).toEqual({ outcome: 'accepted', providerMessageId: 'c'.repeat(512) });
  });

  it('is cut when it is a word for an error', async () => {
    provider.next = { status: 422, body: { error: ENDLESS } };
    const refused = { outcome: 'refused', code: 'message_refused', providerCode: ENDLESS.slice(0, 100) };
    expect(await call()).toEqual(refused);
  });

  it('is cut, or no number, in what is told of a call', () => {
    const told = { call_id: 'c', reason: ENDLESS, number: '1'.repeat(321) };
    expect(noticesOfCall({ ...told, status: 'failed' })).toEqual([
      {
        about: 'status',
        status: 'failed',
        providerMessageId: 'c',
        code: 'call_failed',
        providerCode: ENDLESS.slice(0, 100),
      },
    ]);
    expect(noticesOfCall({ ...told, status: 'answered', direction: 'inbound' })).toEqual([]);
  });

  it('is unknown when it only has the name of what every object has', () => {
    expect(noticesOfCall({ call_id: 'c', status: 'constructor' })).toEqual([]);
    expect(noticesOfCall({ call_id: 'c', status: 'failed', reason: 'constructor' })).toMatchObject([
      { code: 'call_failed' },
    ]);
  });
});
