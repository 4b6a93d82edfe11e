import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { derivedId, streamName } from '@poinciana/event-sourcing';
import { Secret } from '@poinciana/service-kit';
import { ReturnAddresses } from '../src/channels/email/return-addresses.js';
import { bootDispatch, until, type BootedDispatch } from './booted-dispatch.js';
import { CAMPAIGN, CHANNEL, CUSTOMER, participantCreated, secretsKey } from './sample-definitions.js';
import { addressOf, factsOf, planNow } from './sample-plans.js';

/** A workspace that has nothing. */
const ELSEWHERE = 'bbbbbbbb-0000-4000-8000-000000000001';
const HOUR_MS = 3_600_000;

interface Items {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

describe('the API of dispatch, for two workspaces', () => {
  let booted: BootedDispatch;

  beforeAll(async () => {
    booted = await bootDispatch();
  });
  afterAll(() => booted.stop());

  async function started(name: string): Promise<{ readonly id: string; readonly participantId: string }> {
    const participantId = derivedId('participant', name, 0);
    const created = participantCreated(participantId, { phone: addressOf(name, 0) });
    await booted.store.append([
      { stream: streamName('participant', participantId), expectedRevision: -1, events: [created] },
    ]);
    const [id = ''] = await planNow(booted.store, name, 1, HOUR_MS);
    await status(id, 'Started');
    return { id, participantId };
  }

  function status(id: string, expected: string) {
    return until(
      `${id} is ${expected}`,
      () => factsOf(booted.store, [id]),
      ([facts]) => facts?.status === expected,
    );
  }

  async function items(path: string, workspace?: string): Promise<Items['items']> {
    const { status: code, body } = await booted.call('GET', path, workspace);
    expect(code).toBe(200);
    return (body as Items).items;
  }

  it('tells how channels do, what they may send, and which templates are approved', async () => {
    expect(await items('channels')).toMatchObject([
      {
        id: CHANNEL,
        type: 'whatsapp',
        running: true,
        state: 'healthy',
        webhookPath: `/api/dispatch/webhooks/whatsapp/${CHANNEL}`,
      },
    ]);
    expect(await booted.call('GET', `channels/${CHANNEL}/limits`)).toMatchObject({
      status: 200,
      body: { messagesPerSecond: 100_000, heldBack: { count: 0 } },
    });
    const names = (await items(`channels/${CHANNEL}/templates`)).map(({ name }) => name);
    expect(names).toContain('hello_world');
    expect(await items('channels', ELSEWHERE)).toEqual([]);
    for (const page of ['health', 'limits', 'templates'])
      expect((await booted.call('GET', `channels/${CHANNEL}/${page}`, ELSEWHERE)).status).toBe(404);
  });

  it('sends a test message and says what the provider answered', async () => {
    const asked = { address: '491510000777', templateName: 'hello_world', templateLanguage: 'en_US' };
    const path = `channels/${CHANNEL}/test-messages`;
    expect(await booted.call('POST', path, undefined, asked)).toMatchObject({
      status: 200,
      body: { state: 'closed', messages: [{ direction: 'sent', text: 'hello_world', outcome: 'accepted' }] },
    });
    const refused = await booted.call('POST', path, undefined, { ...asked, templateName: 'no_such_template' });
    expect(refused).toMatchObject({
      status: 200,
      body: { messages: [{ outcome: 'failed', code: 'template_refused' }] },
    });
    expect((await booted.call('POST', path, undefined, { address: '1' })).status).toBe(422);
    expect((await booted.call('POST', path, ELSEWHERE, asked)).status).toBe(404);
  });

  it('shows a mail with values, made safe, and refuses what is too long', async () => {
    const values = { name: '<b>Ada</b>', amount: '10\r\nBcc: eve@people.example' };
    const asked = { subject: 'Payment of {{amount}}', body: '<p>Hello {{name}}, {{day}}</p>', format: 'html', values };
    const preview = await booted.call('POST', 'mail-previews', ELSEWHERE, asked);
    expect(preview.status).toBe(200);
    const { subject, text, html, missing } = preview.body as Readonly<Record<string, string>>;
    expect(subject).not.toMatch(/[\r\n]/);
    expect([text, html]).toEqual([expect.stringContaining('<b>Ada</b>'), expect.stringContaining('&lt;b&gt;Ada')]);
    expect(missing).toEqual(['day']);
    const tooLong = { ...asked, subject: 'x'.repeat(100_000) };
    expect(await booted.call('POST', 'mail-previews', undefined, tooLong)).toMatchObject({
      status: 422,
      body: { code: expect.any(String) },
    });
    const unsigned = await fetch(`${booted.url}/api/dispatch/mail-previews`, { method: 'POST' });
    expect(unsigned.status).toBe(401);
  });

  it('lists and cancels the communications of a participant, and several at once', async () => {
    const one = await started('cancel-participant');
    const list = `participants/${one.participantId}/communications`;
    expect(await items(list)).toMatchObject([{ id: one.id, status: 'Started' }]);
    expect(await items(list, ELSEWHERE)).toEqual([]);
    await booted.call('POST', `${list}/cancel`, ELSEWHERE);
    expect(await items(list)).toMatchObject([{ status: 'Started' }]);
    await booted.call('POST', `${list}/cancel`);
    expect(await items(list)).toMatchObject([{ status: 'Canceled', code: 'canceled_by_user' }]);
    const two = await started('cancel-some');
    const asked = { communicationIds: [two.id, one.id, CUSTOMER] };
    expect(await booted.call('POST', 'communications/cancel', ELSEWHERE, asked)).toMatchObject({ body: { items: [] } });
    const { body } = await booted.call('POST', 'communications/cancel', undefined, asked);
    expect((body as Items).items.map((each) => [each['id'], each['status']])).toEqual([
      [two.id, 'Canceled'],
      [one.id, 'Canceled'],
    ]);
  });

  it('plans what failed anew, with a preview', async () => {
    await booted.provider.control('POST', 'faults', { kind: 'refuse', code: 131_026, count: 1 });
    const [id = ''] = await planNow(booted.store, 'failing', 1, HOUR_MS);
    const participantId = derivedId('participant', 'failing', 0);
    const created = participantCreated(participantId, { phone: addressOf('failing', 0) });
    await booted.store.append([
      { stream: streamName('participant', participantId), expectedRevision: -1, events: [created] },
    ]);
    await status(id, 'Failed');
    const path = `campaigns/${CAMPAIGN}/failed`;
    const [failure] = await until(
      'the failure is counted',
      () => items(path),
      (all) => all.length > 0,
    );
    expect(failure).toMatchObject({ code: 'recipient_unreachable', count: 1, isRetried: true });
    expect(await items(path, ELSEWHERE)).toEqual([]);
    const others = { codes: ['outcome_unknown'] };
    expect(await booted.call('POST', `${path}/retry`, ELSEWHERE, {})).toMatchObject({ body: { planned: 0 } });
    expect(await booted.call('POST', `${path}/retry`, undefined, others)).toMatchObject({ body: { planned: 0 } });
    expect(await booted.call('POST', `${path}/retry`, undefined, {})).toMatchObject({
      body: { planned: 1, left: 0 },
    });
    const all = await until(
      'the new one is planned',
      () => items(`participants/${participantId}/communications`),
      (some) => some.length === 2,
    );
    expect(all.map((each) => each['status'])).toContain('Failed');
  });

  it('shows an inbound session to its workspace, lets a user write and end it', async () => {
    const from = '491510000888';
    await booted.provider.control('POST', 'inbound', { from, text: 'hello', phoneNumberId: '123456' });
    const sessionId = await until('the session is there', newestInbound, (id) => id !== '');
    const path = `sessions/${sessionId}`;
    expect(await booted.call('GET', path)).toMatchObject({
      status: 200,
      body: { direction: 'inbound', state: 'open', participantIds: [], messages: [{ text: 'hello' }] },
    });
    const said = await booted.call('POST', `${path}/messages`, undefined, { text: 'This is Ada' });
    expect(said).toMatchObject({
      status: 200,
      body: { messages: [{ direction: 'received' }, { text: 'This is Ada', actor: 'user:ada', outcome: 'accepted' }] },
    });
    expect((await booted.call('GET', path, ELSEWHERE)).status).toBe(404);
    expect((await booted.call('POST', `${path}/messages`, ELSEWHERE, { text: 'Hi' })).status).toBe(404);
    expect((await booted.call('POST', `${path}/close`, ELSEWHERE)).status).toBe(404);
    expect(await booted.call('POST', `${path}/close`)).toMatchObject({
      body: { state: 'closed', closedBy: 'canceled' },
    });
    expect(await booted.call('POST', `${path}/messages`, undefined, { text: 'Hi' })).toMatchObject({
      status: 409,
      body: { code: 'session_closed' },
    });
  });

  async function newestInbound(): Promise<string> {
    const log = await booted.store.readLog({ shard: 0, number: 0 }, 10_000);
    const found = log.findLast(
      ({ stream, revision, data }) =>
        stream.startsWith('session-') && revision === 0 && JSON.stringify(data).includes('"inbound"'),
    );
    return found?.stream.slice('session-'.length) ?? '';
  }

  it('lists, sets and lifts suppressions', async () => {
    const list = `channels/${CHANNEL}/suppressions`;
    const one = `${list}/${CUSTOMER}`;
    expect((await booted.call('PUT', one, ELSEWHERE)).status).toBe(404);
    expect((await booted.call('PUT', one)).status).toBe(204);
    expect(await items(list)).toEqual([{ channelId: CHANNEL, customerId: CUSTOMER }]);
    expect(await items(`customers/${CUSTOMER}/suppressions`)).toHaveLength(1);
    expect(await items(list, ELSEWHERE)).toEqual([]);
    expect(await items(`customers/${CUSTOMER}/suppressions`, ELSEWHERE)).toEqual([]);
    expect((await booted.call('DELETE', one, ELSEWHERE)).status).toBe(404);
    expect((await booted.call('DELETE', one)).status).toBe(204);
    expect(await items(list)).toEqual([]);
  });

  it('asks before it unsubscribes, does it with one click, and takes no other link', async () => {
    const { id } = await started('unsubscribe');
    const addresses = new ReturnAddresses({
      publicUrl: booted.url,
      mailDomain: undefined,
      key: new Secret(secretsKey),
    });
    const link = addresses.unsubscribeOf(id)?.url ?? '';
    const page = await fetch(link);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')]);
    expect(await items(`channels/${CHANNEL}/suppressions`)).toEqual([]);
    expect((await fetch(`${link}0`, { method: 'POST' })).status).toBe(404);
    const form = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(link, { method: 'POST', body: form })).status).toBe(200);
    expect(await items(`channels/${CHANNEL}/suppressions`)).toEqual([{ channelId: CHANNEL, customerId: CUSTOMER }]);
  });
});
