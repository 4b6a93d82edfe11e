import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamName } from '@poinciana/event-sourcing';
import { bootDispatch, until, type BootedDispatch } from './booted-dispatch.js';
import { CHANNEL, CUSTOMER } from './sample-definitions.js';
import { addressOf, factsOf, FINAL_STATUSES, planNow } from './sample-plans.js';

interface Posted {
  readonly outcomes: readonly { readonly status: number }[];
}

const HEALTH = `channels/${CHANNEL}/health`;

describe('the booted service with the simulator', () => {
  let booted: BootedDispatch;

  beforeAll(async () => {
    booted = await bootDispatch();
  });
  afterAll(() => booted.stop());

  function status(id: string, expected: string) {
    return until(
      `${id} is ${expected}`,
      () => factsOf(booted.store, [id]),
      ([facts]) => facts?.status === expected,
    );
  }

  async function postWebhook(body: object): Promise<number | undefined> {
    return ((await booted.provider.control('POST', 'webhooks', body)) as Posted).outcomes[0]?.status;
  }

  it('passes the check of its address, and refuses a wrong token', async () => {
    await until(
      'the channel is known and verifies',
      () => booted.provider.control('POST', 'webhook/verify'),
      (answer) => (answer as { readonly verified: boolean }).verified,
    );
    const wrong = await fetch(`${booted.webhook}?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1`);
    expect(wrong.status).toBe(403);
  });

  it('sends, follows the statuses, takes the reply, and ends with the results', async () => {
    const [id = ''] = await planNow(booted.store, 'talk', 1, 3_600_000);
    await status(id, 'Started');
    const messageId = (await booted.provider.acceptedOf(id)).messages[0]?.messageId;
    await booted.provider.control('POST', 'statuses', { messageId, status: 'read' });
    await booted.provider.control('POST', 'statuses', { messageId, status: 'delivered' });
    await status(id, 'Read');
    const from = addressOf('talk', 0);
    await booted.provider.control('POST', 'inbound', { from, text: 'I paid it', phoneNumberId: '123456' });
    await status(id, 'Completed');
    const { body } = await until(
      'the answer stands in the conversation',
      () => booted.call('GET', `communications/${id}`),
      (answer) => (answer.body as { messages: readonly unknown[] }).messages.length === 3,
    );
    expect(body).toMatchObject({
      status: 'Completed',
      results: { paid: true },
      messages: [
        { direction: 'sent' },
        { direction: 'received', text: 'I paid it' },
        { direction: 'sent', text: 'Thank you' },
      ],
    });
    expect((await booted.call('GET', `communications/${id}`, CUSTOMER)).status).toBe(404);
    expect((await booted.call('GET', HEALTH, CUSTOMER)).status).toBe(404);
  });

  it('refuses forged, unreadable and misdirected webhooks, and records what nobody knows', async () => {
    expect(await postWebhook({ body: { entry: [] }, signature: 'wrong' })).toBe(401);
    expect(await postWebhook({ body: { entry: [] }, signature: 'none' })).toBe(401);
    expect(await postWebhook({ raw: '[1,', signature: 'valid' })).toBe(400);
    const elsewhere = await fetch(booted.webhook.replace(CHANNEL, CUSTOMER), { method: 'POST', body: '{}' });
    expect(elsewhere.status).toBe(404);
    const unknown = { entry: [{ changes: [{ value: { statuses: [{ id: 'wamid.nobody', status: 'read' }] } }] }] };
    expect(await postWebhook({ body: unknown, signature: 'valid', times: 3 })).toBe(200);
    const { body } = await until(
      'the unknown message is worked off',
      () => booted.call('GET', HEALTH),
      (answer) => (answer.body as { webhooks: { unknown: number } }).webhooks.unknown === 1,
    );
    expect(body).toMatchObject({ webhooks: { forged: 2, repeated: 2 } });
  });

  it('cancels on request', async () => {
    const [id = ''] = await planNow(booted.store, 'cancel', 1, 3_600_000);
    await status(id, 'Started');
    const answer = await booted.call('POST', `communications/${id}/cancel`);
    expect(answer).toMatchObject({ status: 200, body: { status: 'Canceled', code: 'canceled_by_user' } });
  });

  it('sends nothing twice, and ends everything, whatever the provider does', async () => {
    await booted.provider.control('DELETE', '');
    await booted.provider.control('PUT', 'mode', { mode: 'automatic' });
    for (const rule of [
      { kind: 'resetBeforeAcceptance', probability: 0.05 },
      { kind: 'resetAfterAcceptance', probability: 0.1 },
      { kind: 'refuse', probability: 0.05, httpStatus: 502, bare: true },
      { kind: 'refuse', probability: 0.05, code: 131_026 },
      { kind: 'refuse', probability: 0.05, code: 131_056 },
      { kind: 'errorAfterAcceptance', probability: 0.05, httpStatus: 500, bare: true },
      { kind: 'duplicateWebhook', probability: 0.2 },
      { kind: 'lateWebhook', probability: 0.2, delayMs: 300 },
      { kind: 'wrongSignature', probability: 0.1 },
      { kind: 'reversedStatuses', probability: 0.2 },
    ]) {
      await booted.provider.control('POST', 'faults', rule);
    }
    const ids = await planNow(booted.store, 'faults', 300, 4_000);
    const facts = await until(
      'everything ends',
      () => factsOf(booted.store, ids),
      (all) => all.every((each) => FINAL_STATUSES.includes(each?.status ?? '')),
    );
    expect(await booted.provider.summary()).toMatchObject({
      acceptedPerCommunicationMax: 1,
      communicationsAcceptedMoreThanOnce: 0,
    });
    for (const each of facts) {
      const id = each?.id ?? '';
      const { accepted } = await booted.provider.acceptedOf(id);
      expect({ id, accepted }).toEqual({ id, accepted: each?.providerMessageId === undefined ? 0 : 1 });
      const events = await booted.store.readTails([{ stream: streamName('communication', id), afterRevision: -1 }]);
      expect(events.filter(({ type }) => type === 'CommunicationEnded')).toHaveLength(1);
    }
  });
});
