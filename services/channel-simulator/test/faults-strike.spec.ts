import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AcceptedMessage, FaultRule, FaultRuleInForce } from '../src/index.js';
import { addressOf, SimulatorUnderTest, until, type ErrorAnswer } from './simulator-under-test.js';
import { WebhookReceiver } from './webhook-receiver.js';

describe('faults', () => {
  let receiver: WebhookReceiver;
  let simulator: SimulatorUnderTest;

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    await receiver.start();
    simulator = await SimulatorUnderTest.start({ webhook: receiver.target, webhookConcurrency: 1 });
  });
  afterEach(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  const inject = (rule: FaultRule) => simulator.ask<FaultRuleInForce>('POST', '/control/faults', rule);
  const acceptedOf = async (communicationId: string) =>
    (
      await simulator.ask<{ accepted: number; messages: AcceptedMessage[] }>(
        'GET',
        `/control/accepted/${communicationId}`,
      )
    ).body;

  it('resetAfterAcceptance: the connection breaks, the message is accepted, its statuses carry our id', async () => {
    await inject({ kind: 'resetAfterAcceptance', count: 1 });
    await expect(simulator.send()).rejects.toThrow('fetch failed');
    await simulator.settled();
    expect((await acceptedOf('communication-1')).accepted).toBe(1);
    expect(receiver.statusesOf('communication-1').sort()).toEqual(['delivered', 'read', 'sent']);
    expect((await simulator.send()).status).toBe(200);
    expect((await acceptedOf('communication-1')).accepted).toBe(2);
    expect(await simulator.summary()).toMatchObject({
      acceptedPerCommunicationMax: 2,
      communicationsAcceptedMoreThanOnce: 1,
    });
  });

  it('resetBeforeAcceptance: the connection breaks, nothing was accepted', async () => {
    await inject({ kind: 'resetBeforeAcceptance', count: 1 });
    await expect(simulator.send()).rejects.toThrow('fetch failed');
    expect((await acceptedOf('communication-1')).accepted).toBe(0);
    expect((await simulator.send()).status).toBe(200);
  });

  it('refuse: with the code and the pause asked for, or bare; not accepted', async () => {
    await inject({ kind: 'refuse', count: 1, httpStatus: 429, retryAfterSeconds: 7 });
    await inject({ kind: 'refuse', count: 1, code: 131049 });
    await inject({ kind: 'refuse', count: 1, httpStatus: 502, bare: true });
    const [throttled, held, bare] = [
      await simulator.send<ErrorAnswer>(),
      await simulator.send<ErrorAnswer>(),
      await simulator.send(),
    ];
    expect([throttled.status, throttled.body.error.code, throttled.headers.get('retry-after')]).toEqual([
      429,
      130429,
      '7',
    ]);
    expect([held.status, held.body.error.code]).toEqual([400, 131049]);
    expect([bare.status, bare.body]).toEqual([502, undefined]);
    expect((await simulator.summary()).accepted).toBe(0);
  });

  it('errorAfterAcceptance: answered with 5xx, and yet accepted and delivered', async () => {
    await inject({ kind: 'errorAfterAcceptance', count: 1, httpStatus: 503, bare: true });
    const answer = await simulator.send();
    expect([answer.status, answer.body]).toEqual([503, undefined]);
    await simulator.settled();
    expect((await acceptedOf('communication-1')).messages).toMatchObject([{ status: 'read' }]);
  });

  it('slowAnswer: accepted, delivered and read before it is answered; a stop does not wait for it', async () => {
    await inject({ kind: 'slowAnswer', count: 1, delayMs: 600_000 });
    let isAnswered = false;
    const answer = Promise.allSettled([simulator.send()]).then(() => {
      isAnswered = true;
    });
    await until(async () => (await simulator.summary()).statuses.read === 1);
    await simulator.settled();
    expect(receiver.statusesOf('communication-1')).toHaveLength(3);
    expect(isAnswered).toBe(false);
    await simulator.stop();
    await answer;
  });

  it('slowAnswer: the answer comes in the end', async () => {
    await inject({ kind: 'slowAnswer', count: 1, delayMs: 20 });
    expect((await simulator.send()).body.messages).toHaveLength(1);
  });

  it('reversedStatuses and lateWebhook: the order is wrong, nothing is lost', async () => {
    await inject({ kind: 'reversedStatuses', count: 1 });
    const to = addressOf('replies');
    await simulator.send({ to });
    await simulator.settled();
    expect(receiver.statusesOf('communication-1')).toEqual(['read', 'delivered', 'sent']);
    expect(receiver.messages).toHaveLength(1);

    await inject({ kind: 'lateWebhook', count: 1, delayMs: 400 });
    await simulator.send({ biz_opaque_callback_data: 'late' });
    await simulator.settled();
    expect(receiver.statusesOf('late')).toEqual(['delivered', 'read', 'sent']);
  });

  it('duplicateWebhook: told more than once', async () => {
    await inject({ kind: 'duplicateWebhook', times: 2, delayMs: 20, communicationId: 'twice' });
    await simulator.send({ biz_opaque_callback_data: 'twice' });
    await simulator.send({ biz_opaque_callback_data: 'once', to: addressOf('reads', 1) });
    await simulator.settled();
    expect(receiver.statusesOf('twice').sort()).toEqual(
      ['delivered', 'read', 'sent'].flatMap((status) => [status, status, status]),
    );
    expect(receiver.statusesOf('once')).toHaveLength(3);
  });

  it('wrongSignature: a lie beside the truth, which the receiver refuses', async () => {
    await inject({ kind: 'wrongSignature' });
    await simulator.send();
    const { webhooks } = await simulator.settled();
    expect(receiver.statusesOf('communication-1').sort()).toEqual(['delivered', 'read', 'sent']);
    expect(receiver.forged).toBe(3);
    expect(webhooks.forgeries).toEqual({ posted: 3, accepted: 0 });
  });

  it('reportFailure: accepted, then failed with the code', async () => {
    await inject({ kind: 'reportFailure', code: 131049, address: `+${addressOf('reads')}` });
    await simulator.send();
    await simulator.settled();
    expect(receiver.statuses).toMatchObject([{ status: 'failed', errors: [{ code: 131049 }] }]);
  });

  it('strike by chance, and the same way again with the same seed', async () => {
    const strike = async () => {
      await simulator.ask('DELETE', '/control');
      await inject({ kind: 'refuse', probability: 0.4 });
      const struck: boolean[] = [];
      for (let message = 0; message < 40; message++) {
        struck.push((await simulator.send({ to: addressOf('reads', message) })).status !== 200);
      }
      return struck;
    };
    const first = await strike();
    expect(await strike()).toEqual(first);
    expect(first.filter(Boolean).length).toBeGreaterThan(5);
    expect(first.filter(Boolean).length).toBeLessThan(35);
  });

  it('are listed with what they did, and taken back', async () => {
    const { body } = await inject({ kind: 'refuse', count: 2, code: 131000 });
    await simulator.send();
    const listed = await simulator.ask<{ faults: FaultRuleInForce[] }>('GET', '/control/faults');
    expect(listed.body.faults).toEqual([{ id: body.id, kind: 'refuse', count: 2, code: 131000, seen: 1, struck: 1 }]);
    expect((await simulator.ask('DELETE', `/control/faults/${body.id}`)).body).toEqual({ removed: 1 });
    expect((await simulator.ask('DELETE', `/control/faults/${body.id}`)).status).toBe(404);
    expect((await simulator.send()).status).toBe(200);
    expect((await simulator.ask('POST', '/control/faults', { kind: 'nonsense' })).status).toBe(400);
    expect((await simulator.ask('POST', '/control/faults', { kind: 'refuse', surprise: 1 })).status).toBe(400);
  });
});
