import { describe, expect, it } from '@jest/globals';
import { WebhookAdapter } from './webhook-adapter.js';

describe('events of the webhook channel', () => {
  const adapter = new WebhookAdapter({ connections: 1, connectTimeoutMs: 1_000, answerTimeoutMs: 1_000 }, () => 0);

  function read(...events: readonly object[]) {
    return adapter.read({ headers: {}, body: Buffer.from(JSON.stringify({ events })), atMs: 0 });
  }

  it('say nothing where an id or an address is longer than any, and keep the beginning of a long word', () => {
    const message = { type: 'message', id: 'm', address: 'a', text: 'hello' };
    expect(read(message)).toHaveLength(1);
    expect(read({ ...message, address: 'a'.repeat(321) }, { ...message, id: 'm'.repeat(513) })).toEqual([]);
    expect(read({ type: 'status', id: 's', status: 'failed', code: 'x'.repeat(101) })).toMatchObject([
      { code: 'message_refused', providerCode: 'x'.repeat(100) },
    ]);
  });
});
