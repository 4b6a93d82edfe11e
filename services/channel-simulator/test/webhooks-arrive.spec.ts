import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addressOf, NUMBER, SimulatorUnderTest, until } from './simulator-under-test.js';
import { WebhookReceiver } from './webhook-receiver.js';

describe('webhooks', () => {
  let receiver: WebhookReceiver;
  let simulator: SimulatorUnderTest;

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    await receiver.start();
    simulator = await SimulatorUnderTest.start({ webhook: receiver.target, webhookBatchMax: 7 });
  });
  afterEach(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  async function sendTo(count: number, prefix: string): Promise<void> {
    for (let person = 0; person < count; person++) {
      await simulator.send({ to: addressOf('reads', person), biz_opaque_callback_data: `${prefix}-${person}` });
    }
  }

  it('all arrive, though the receiver dies twice and comes back on the same port', async () => {
    await sendTo(20, 'before');
    await receiver.stop();
    await sendTo(20, 'without');
    await until(async () => (await simulator.summary()).webhooks.postsFailed > 0);
    await receiver.start();
    await sendTo(20, 'between');
    await receiver.stop();
    await sendTo(20, 'again');
    await receiver.start();
    const summary = await simulator.settled();

    const told = new Map<string, Set<string>>();
    for (const { biz_opaque_callback_data: id = '', status } of receiver.statuses)
      told.set(id, (told.get(id) ?? new Set()).add(status));
    expect(told.size).toBe(80);
    expect([...told.values()].every((statuses) => statuses.size === 3)).toBe(true);
    expect(summary).toMatchObject({
      accepted: 80,
      statuses: { read: 80 },
      webhooks: { waiting: 0, abandoned: 0, lastFailure: null },
    });
    expect(summary.webhooks.delivered).toBe(240);
  });

  it('are posted again until they are answered with 2xx; the others do not wait for them', async () => {
    receiver.answers.push(500, 503, 404, 302);
    await sendTo(10, 'stubborn');
    const { webhooks } = await simulator.settled();
    expect(webhooks).toMatchObject({ delivered: 30, postsFailed: 4, abandoned: 0 });
    expect(receiver.statuses).toHaveLength(30);
  });

  it('wait for a receiver that is named only later', async () => {
    const early = await SimulatorUnderTest.start();
    try {
      await early.send();
      await until(async () => (await early.summary()).webhooks.waiting === 3);
      expect((await early.ask('POST', '/control/webhook/verify')).status).toBe(409);
      expect((await early.ask('PUT', '/control/webhook', { ...receiver.target, url: 'ftp://x' })).status).toBe(400);
      await early.ask('PUT', '/control/webhook', receiver.target);
      await early.settled();
      expect(receiver.statusesOf('communication-1').sort()).toEqual(['delivered', 'read', 'sent']);
    } finally {
      await early.stop();
    }
  });

  it('begin with a handshake on command', async () => {
    expect((await simulator.ask('POST', '/control/webhook/verify')).body).toEqual({ verified: true });
    await simulator.ask('PUT', '/control/webhook', { ...receiver.target, verifyToken: 'another' });
    expect((await simulator.ask('POST', '/control/webhook/verify')).body).toEqual({
      verified: false,
      reason: 'HTTP 403',
    });
    await receiver.stop();
    expect((await simulator.ask<{ reason: string }>('POST', '/control/webhook/verify')).body.reason).toMatch(
      /no connection/,
    );
  });

  it("of one's own making: forged, unsigned, repeated, of unknown messages", async () => {
    const body = { entry: [{ changes: [{ value: { statuses: [{ id: 'wamid.unknown', status: 'read' }] } }] }] };
    const post = async (change: object) =>
      (await simulator.ask<{ outcomes: { status: number }[] }>('POST', '/control/webhooks', { body, ...change })).body
        .outcomes;
    expect(await post({ signature: 'wrong' })).toEqual([{ status: 401 }]);
    expect(await post({ signature: 'none' })).toEqual([{ status: 401 }]);
    expect(receiver.statuses).toHaveLength(0);
    expect(await post({ times: 3 })).toEqual([{ status: 200 }, { status: 200 }, { status: 200 }]);
    expect(receiver.statuses.map(({ id }) => id)).toEqual(['wamid.unknown', 'wamid.unknown', 'wamid.unknown']);
    expect(await post({ body: undefined, raw: '{' })).toEqual([{ status: 500 }]);
  });

  it('carry a text of 1 MB, and stay under 3 MB when there are many', async () => {
    const text = 'x'.repeat(1_000_000);
    for (let message = 0; message < 5; message++) {
      await simulator.ask('POST', '/control/inbound', { from: addressOf('reads'), text, phoneNumberId: NUMBER });
    }
    await simulator.settled();
    expect(receiver.messages.map((message) => message.text.body.length)).toEqual(
      Array.from({ length: 5 }, () => 1_000_000),
    );
  });
});
