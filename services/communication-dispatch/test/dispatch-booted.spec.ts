import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, streamName, type StoredEvent } from '@poinciana/event-sourcing';
import { bootDispatch, campaignEvents, type BootedDispatch } from './booted-dispatch.js';
import { CAMPAIGN, CHANNEL, CUSTOMER, flowRun } from './sample-definitions.js';

interface Facts {
  readonly id: string;
  readonly status: string;
  readonly code?: string;
  readonly attempts: number;
  readonly providerMessageId?: string;
}

interface Accepted {
  readonly accepted: number;
  readonly messages: readonly { readonly messageId: string }[];
}

const FINAL = ['Completed', 'NoResponse', 'Canceled', 'Skipped', 'Failed'];

describe('the booted service with the simulator', () => {
  let booted: BootedDispatch;

  /** Plans one communication a person, to be sent now. Answers the ids. */
  async function plan(name: string, count: number, durationMs: number): Promise<readonly string[]> {
    const sendAt = new Date().toISOString();
    const windowEnd = new Date(Date.now() + 3_600_000).toISOString();
    const writes = Array.from({ length: count }, (_, index) => {
      const participant = derivedId('participant', name, index);
      const id = derivedId('communication', name, index);
      const address = String(491_500_000_000 + index + name.length * 1_000_000);
      const run = flowRun(participant, 1, [{ id, address, sendAt, windowEnd, durationMs }]);
      return { id, write: { stream: streamName('flow-runs', participant), expectedRevision: -1, events: [run] } };
    });
    await booted.store.append(writes.map(({ write }) => write));
    return writes.map(({ id }) => id);
  }

  async function factsOf(ids: readonly string[]): Promise<readonly (Facts | undefined)[]> {
    const lasts = await booted.store.readLast(ids.map((id) => streamName('communication', id)));
    return lasts.map((last) => (last?.data as { communication: Facts } | undefined)?.communication);
  }

  async function eventsOf(id: string): Promise<readonly StoredEvent[]> {
    return booted.store.readTails([{ stream: streamName('communication', id), afterRevision: -1 }]);
  }

  beforeAll(async () => {
    booted = await bootDispatch({ mode: 'manual' });
    await booted.append(streamName('campaign', CAMPAIGN), campaignEvents());
  });
  afterAll(() => booted.stop());

  it('passes the check of its address, and refuses a wrong token', async () => {
    await booted.until(
      'the channel is known',
      async () => (await booted.get(`channels/${CHANNEL}/health`)).status,
      (status) => status === 200,
    );
    expect(await booted.control('POST', 'webhook/verify')).toEqual({ verified: true });
    const wrong = await fetch(`${booted.webhook}?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1`);
    expect(wrong.status).toBe(403);
  });

  it('sends, follows the statuses, takes the reply, and ends with the results', async () => {
    const [id = ''] = await plan('talk', 1, 3_600_000);
    const { messages } = await booted.until(
      'it is sent',
      () => booted.control('GET', `accepted/${id}`) as Promise<Accepted>,
      ({ accepted }) => accepted === 1,
    );
    const messageId = messages[0]?.messageId;
    await booted.control('POST', 'statuses', { messageId, status: 'read' });
    await booted.control('POST', 'statuses', { messageId, status: 'delivered' });
    await booted.until(
      'it is read',
      () => factsOf([id]),
      ([facts]) => facts?.status === 'Read',
    );
    await booted.control('POST', 'inbound', { from: '491504000000', text: 'I paid it', phoneNumberId: '123456' });
    await booted.until(
      'it is completed',
      () => factsOf([id]),
      ([facts]) => facts?.status === 'Completed',
    );
    const { body } = await booted.until(
      'the answer stands in the conversation',
      () => booted.get(`communications/${id}`),
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
    expect((await booted.get(`communications/${id}`, CUSTOMER)).status).toBe(404);
    expect((await booted.get(`channels/${CHANNEL}/health`, CUSTOMER)).status).toBe(404);
  });

  it('answers 401 to a forged webhook, 400 to one that cannot be read, 404 for an unknown channel, and records them harmlessly', async () => {
    const forged = (await booted.control('POST', 'webhooks', { body: { entry: [] }, signature: 'wrong' })) as {
      outcomes: readonly { status: number }[];
    };
    const none = (await booted.control('POST', 'webhooks', { body: { entry: [] }, signature: 'none' })) as {
      outcomes: readonly { status: number }[];
    };
    const unread = (await booted.control('POST', 'webhooks', { raw: '[1,', signature: 'valid' })) as {
      outcomes: readonly { status: number }[];
    };
    expect([forged, none, unread].map(({ outcomes }) => outcomes[0]?.status)).toEqual([401, 401, 400]);
    const unknown = { entry: [{ changes: [{ value: { statuses: [{ id: 'wamid.nobody', status: 'read' }] } }] }] };
    await booted.control('POST', 'webhooks', { body: unknown, signature: 'valid', times: 3 });
    expect((await fetch(booted.webhook.replace(CHANNEL, CUSTOMER), { method: 'POST', body: '{}' })).status).toBe(404);
    const { body } = await booted.until(
      'the unknown message is worked off',
      () => booted.get(`channels/${CHANNEL}/health`),
      (answer) => (answer.body as { webhooks: { unknown: number } }).webhooks.unknown === 1,
    );
    expect(body).toMatchObject({ webhooks: { forged: 2, repeated: 2 } });
  });

  it('cancels on request', async () => {
    const [id = ''] = await plan('cancel', 1, 3_600_000);
    await booted.until(
      'it is started',
      () => factsOf([id]),
      ([facts]) => facts?.status === 'Started',
    );
    const { status, body } = await booted.post(`communications/${id}/cancel`);
    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'Canceled', code: 'canceled_by_user' } });
  });

  it('sends nothing twice, and ends everything, whatever the provider does', async () => {
    await booted.control('DELETE', '');
    await booted.control('PUT', 'mode', { mode: 'automatic' });
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
      await booted.control('POST', 'faults', rule);
    }
    const ids = await plan('faults', 300, 4_000);
    const facts = await booted.until(
      'everything ends',
      () => factsOf(ids),
      (all) => all.every((each) => FINAL.includes(each?.status ?? '')),
    );
    const summary = (await booted.control('GET', 'summary')) as {
      acceptedPerCommunicationMax: number;
      communicationsAcceptedMoreThanOnce: number;
    };
    expect(summary).toMatchObject({ acceptedPerCommunicationMax: 1, communicationsAcceptedMoreThanOnce: 0 });
    for (const each of facts) {
      const { accepted } = (await booted.control('GET', `accepted/${each?.id}`)) as Accepted;
      const isKnown = each?.providerMessageId !== undefined;
      expect({ id: each?.id, accepted: accepted === 1 }).toEqual({ id: each?.id, accepted: isKnown });
      const ends = (await eventsOf(each?.id ?? '')).filter(({ type }) => type === 'CommunicationEnded');
      expect(ends).toHaveLength(1);
    }
  });
});
