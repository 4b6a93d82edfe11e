import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PERSON_KINDS, personOf, type PersonKind } from '../src/index.js';
import { addressOf, NUMBER, SEED, SimulatorUnderTest, type ErrorAnswer } from './simulator-under-test.js';
import { WebhookReceiver } from './webhook-receiver.js';

describe('people who get messages', () => {
  let receiver: WebhookReceiver;
  let simulator: SimulatorUnderTest;

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    await receiver.start();
    simulator = await SimulatorUnderTest.start({ webhook: receiver.target });
  });
  afterEach(async () => {
    await simulator.stop();
    await receiver.stop();
  });

  it.each<[PersonKind, string[]]>([
    ['reads', ['delivered', 'read', 'sent']],
    ['replies', ['delivered', 'read', 'sent']],
    ['slow', ['delivered', 'read', 'sent']],
    ['ignores', ['delivered', 'sent']],
    ['neverDelivered', ['sent']],
    ['invalidReported', ['failed']],
  ])('of the kind %s: the statuses are %j, with our id in each', async (kind, expected) => {
    const to = addressOf(kind);
    const answer = await simulator.send({ to, biz_opaque_callback_data: `to-${kind}` });
    expect(answer.status).toBe(200);
    expect(answer.body.contacts).toEqual([{ input: to, wa_id: to }]);
    expect(answer.body.messages[0]).toEqual({ id: expect.stringMatching(/^wamid\./), message_status: 'accepted' });

    await simulator.settled();

    expect(receiver.statusesOf(`to-${kind}`).sort()).toEqual(expected);
    expect(receiver.statuses.every(({ id }) => id === answer.body.messages[0]?.id)).toBe(true);
    expect(receiver.statuses.every(({ recipient_id: recipient }) => recipient === to)).toBe(true);
    const codes = receiver.statuses.flatMap(({ errors }) => errors ?? []).map(({ code }) => code);
    expect(codes).toEqual(kind === 'invalidReported' ? [131026] : []);
    const { reply } = personOf(SEED, to);
    expect(receiver.messages.map(({ from, text }) => [from, text.body])).toEqual(reply === null ? [] : [[to, reply]]);
    expect(receiver.forged).toBe(0);
  });

  it('refuses a number nobody has, at once', async () => {
    const answer = await simulator.send<ErrorAnswer>({ to: addressOf('invalidRefused') });
    expect([answer.status, answer.body.error.code]).toEqual([400, 131026]);
    expect((await simulator.summary()).accepted).toBe(0);
  });

  it('has a passing error once, and then is fine', async () => {
    const to = addressOf('providerErrorOnce');
    const first = await simulator.send<ErrorAnswer>({ to });
    expect([first.status, first.body.error.code]).toEqual([500, 131016]);
    expect((await simulator.send({ to })).status).toBe(200);
    const summary = await simulator.settled();
    expect(summary).toMatchObject({ accepted: 1, acceptedPerCommunicationMax: 1, refused: { 131016: 1 } });
    expect(receiver.statusesOf('communication-1').sort()).toEqual(['delivered', 'read', 'sent']);
  });

  it('makes the table that personOf foretells', async () => {
    const addresses = Array.from({ length: 300 }, (_, index) => String(4915200000000 + index));
    const foretold = Object.fromEntries(PERSON_KINDS.map((kind) => [kind, 0]));
    for (const address of addresses) {
      const { kind } = personOf(SEED, address);
      foretold[kind] = (foretold[kind] ?? 0) + 1;
      await simulator.send({ to: `+${address}`, biz_opaque_callback_data: address });
      if (kind === 'providerErrorOnce') await simulator.send({ to: address, biz_opaque_callback_data: address });
    }
    const summary = await simulator.settled();
    expect(Object.values(foretold).every((count) => count > 0)).toBe(true);
    expect({ ...summary.people, invalidRefused: summary.refused[131026] }).toEqual(foretold);
    expect(summary.communications).toBe(300 - (foretold.invalidRefused ?? 0));
    expect(receiver.messages).toHaveLength((foretold.replies ?? 0) + (foretold.slow ?? 0));
    expect(receiver.statuses).toHaveLength(summary.webhooks.delivered - receiver.messages.length);
    // Many statuses travel in one webhook.
    expect(receiver.posts).toBeLessThan(summary.webhooks.delivered);
  });

  it('waits for commands in manual mode, whoever the person is', async () => {
    expect((await simulator.ask('PUT', '/control/mode', { mode: 'manual' })).body).toEqual({ mode: 'manual' });
    const to = addressOf('invalidRefused');
    const { body } = await simulator.send({ to });
    const messageId = body.messages[0]?.id;
    expect((await simulator.settled()).statuses.accepted).toBe(1);

    for (const command of [
      { status: 'read' },
      { status: 'sent' },
      { status: 'failed', error: { code: 131049, details: 'held' } },
    ]) {
      expect((await simulator.ask('POST', '/control/statuses', { messageId, ...command })).status).toBe(202);
      await simulator.settled();
    }
    const written = { from: `+${to}`, text: 'Good day 👋', phoneNumberId: NUMBER };
    expect((await simulator.ask('POST', '/control/inbound', written)).status).toBe(202);
    await simulator.settled();

    expect(receiver.statuses.map(({ status }) => status)).toEqual(['read', 'sent', 'failed']);
    expect(receiver.statuses[2]?.errors).toMatchObject([{ code: 131049, error_data: { details: 'held' } }]);
    expect(receiver.messages).toMatchObject([{ from: to, type: 'text', text: { body: 'Good day 👋' } }]);
    const unknown = await simulator.ask<{ code: string }>('POST', '/control/statuses', {
      messageId: 'wamid.x',
      status: 'read',
    });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown_message']);
  });

  it('writes back from the id that WhatsApp knows, which may not be the number sent to', async () => {
    const other = await SimulatorUnderTest.start({
      waIdRule: 'brazilWithoutNinthDigit',
      shares: { replies: 1 },
      webhook: receiver.target,
    });
    try {
      const { body } = await other.send({ to: '+55 31 98765-4321' });
      expect(body.contacts).toEqual([{ input: '+55 31 98765-4321', wa_id: '553187654321' }]);
      await other.settled();
      expect(receiver.messages.map(({ from }) => from)).toEqual(['553187654321']);
    } finally {
      await other.stop();
    }
  });
});
