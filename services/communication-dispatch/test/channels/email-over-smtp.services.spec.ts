import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutgoingContent } from '../../src/channels/outgoing-content.js';
import { ADDRESSES, PLAYED, SimulatedAdapter } from './simulated-adapters.js';

const ID = '11111111-1111-4111-8111-111111111111';
const EMAIL = PLAYED['Email'];
if (EMAIL === undefined) throw new Error('Email is played');

interface Accepted {
  readonly accepted: readonly { readonly content: { readonly sender: string; readonly raw: string } }[];
}

describe('EmailAdapter, over SMTP', () => {
  let started: SimulatedAdapter;
  beforeEach(async () => {
    started = await SimulatedAdapter.start(EMAIL);
  });
  afterEach(async () => {
    await started.adapter.close();
    await started.stop();
  });

  function send(content: OutgoingContent, address = 'ada@people.example') {
    return started.adapter.send(started.channel, { address, echo: ID, idempotencyKey: ID, content });
  }

  async function taken() {
    const { accepted } = (await started.control('GET', 'accepted')) as Accepted;
    return accepted.map(({ content }) => content);
  }

  it('says who sends it, where answers and reports go, and how to hear no more', async () => {
    const content = { type: 'email', subject: 'Hello', body: '<p>Hello Ada</p>', format: 'html' } as const;
    expect(await send(content)).toEqual({ outcome: 'accepted', providerMessageId: `<${ID}@shop.example>` });
    const [mail] = await taken();
    const { url, mail: unsubscribe } = ADDRESSES.unsubscribeOf(ID);
    expect(mail?.sender).toBe(`b+${ID}@mail.example`);
    const unfolded = mail?.raw.replace(/\r\n /g, ' ') ?? '';
    for (const line of [
      'From: The Shop <shop@shop.example>',
      'To: ada@people.example',
      'Subject: Hello',
      `Message-ID: <${ID}@shop.example>`,
      `Reply-To: r+${started.channel.channel.id}@mail.example`,
      'Auto-Submitted: auto-generated',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      `List-Unsubscribe: <${url}>, <mailto:${unsubscribe}>`,
      'Content-Type: multipart/alternative;',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Type: text/html; charset=utf-8',
    ])
      expect(unfolded).toContain(line);
  });

  it('lets nobody smuggle in a header, a recipient or a second mail', async () => {
    const evil = 'Hello\r\nBcc: eve@evil.example\r\n\r\nEvil';
    await send({ type: 'email', subject: evil, body: 'Hello\r\n.\r\nMAIL FROM:<eve@evil.example>', format: 'plain' });
    await send({ type: 'text', text: 'Hi', thread: { inReplyTo: `<a@b>\r\nBcc: eve@evil.example`, subject: evil } });
    expect((await send({ type: 'text', text: 'Hi' }, 'ada@people.example\r\nRCPT TO:<eve@evil.example>')).outcome).toBe(
      'refused',
    );
    const mails = await taken();
    expect(mails).toHaveLength(2);
    for (const { raw } of mails) expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im);
  });

  it('puts an answer into the thread of what it answers', async () => {
    await send({ type: 'text', text: 'Thank you', thread: { inReplyTo: '<q@people.example>', subject: 'My bill' } });
    const [mail] = await taken();
    for (const line of ['Subject: Re: My bill', 'In-Reply-To: <q@people.example>', 'References: <q@people.example>'])
      expect(mail?.raw).toContain(line);
  });

  it.each([
    ['a link cut after the recipient was named', { kind: 'resetBeforeAcceptance', phase: 'rcpt' }, 'delayed', 0],
    ['a link cut while the mail was written', { kind: 'resetBeforeAcceptance', phase: 'data' }, 'unknown', 0],
    ['a refusal after the final dot', { kind: 'refuse', code: 554, phase: 'data' }, 'refused', 0],
    ['greylisting', { kind: 'refuse', code: 451 }, 'delayed', 0],
    ['a link cut after the final dot', { kind: 'resetAfterAcceptance' }, 'unknown', 1],
  ])('tells %s from all others', async (_, fault, outcome, acceptedTimes) => {
    await started.control('POST', 'faults', fault);
    expect((await send(EMAIL.content)).outcome).toBe(outcome);
    expect(await started.acceptedTimes(ID)).toBe(acceptedTimes);
  });

  it('stops the channel for a wrong password, and for a server without TLS where it is asked for', async () => {
    const { channel } = started.channel;
    const message = { address: 'ada@people.example', echo: ID, idempotencyKey: ID, content: EMAIL.content };
    const wrong = { channel, secrets: { password: 'wrong' } };
    expect(await started.adapter.send(wrong, message)).toMatchObject({ code: 'channel_refused' });
    const secure = {
      ...started.channel,
      channel: { ...channel, settings: { ...channel.settings, security: 'starttls' } },
    };
    expect(await started.adapter.send(secure, message)).toMatchObject({ outcome: 'delayed', scope: 'channel' });
    expect(await started.acceptedTimes(ID)).toBe(0);
  });
});

describe('return addresses', () => {
  it('mean what they were made for, and nothing for others', () => {
    expect(ADDRESSES.meaningOf(ADDRESSES.bounceOf(ID) ?? '')).toEqual({ what: 'bounce', communicationId: ID });
    expect(ADDRESSES.meaningOf(ADDRESSES.replyOf(ID)?.toUpperCase() ?? '')).toEqual({ what: 'reply', channelId: ID });
    for (const address of ['b+1@mail.example', `b+${ID}@evil.example`, `x+${ID}@mail.example`, '', '@'])
      expect(ADDRESSES.meaningOf(address)).toBeUndefined();
  });

  it('take a link only as it was given', () => {
    const token = ADDRESSES.unsubscribeOf(ID).url?.split('/').at(-1) ?? '';
    expect(ADDRESSES.communicationOf(token)).toBe(ID);
    for (const forged of [ID, `${ID}.${'0'.repeat(32)}`, `${token}0`, token.toUpperCase(), ''])
      expect(ADDRESSES.communicationOf(forged)).toBeUndefined();
  });
});
