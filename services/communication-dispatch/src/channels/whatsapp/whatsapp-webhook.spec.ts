import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MESSAGE_CHARACTERS_MAX } from '../channel-notice.js';
import { isSigned, noticesOf } from './whatsapp-webhook.js';

function signatureOf(body: Buffer, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function webhook(value: unknown): Buffer {
  return Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '0', changes: [{ field: 'messages', value }] }],
    }),
  );
}

describe('a webhook of the Cloud API', () => {
  it('is authentic only with the signature over exactly these bytes', () => {
    const body = Buffer.from('{"entry":[]}');
    expect(isSigned(body, signatureOf(body, 'app'), 'app')).toBe(true);
    for (const header of [
      undefined,
      '',
      'sha256=',
      signatureOf(body, 'other'),
      signatureOf(body, 'app').slice(0, -1),
      [signatureOf(body, 'app')],
    ]) {
      expect(isSigned(body, header, 'app')).toBe(false);
    }
    expect(isSigned(Buffer.from('{"entry": []}'), signatureOf(body, 'app'), 'app')).toBe(false);
  });

  it('tells statuses with our echo, and failures by our codes', () => {
    const statuses = [
      { id: 'wamid.1', status: 'delivered', recipient_id: '4915', biz_opaque_callback_data: 'echo' },
      { id: 'wamid.2', status: 'failed', errors: [{ code: 131026 }] },
      { id: 'wamid.3', status: 'deleted' },
      { status: 'read' },
    ];
    expect(noticesOf(webhook({ statuses }))).toEqual([
      { about: 'status', status: 'delivered', providerMessageId: 'wamid.1', echo: 'echo', address: '4915' },
      {
        about: 'status',
        status: 'failed',
        providerMessageId: 'wamid.2',
        code: 'recipient_unreachable',
        providerCode: '131026',
      },
    ]);
  });

  it('tells nothing of somebody whose address is longer than any', () => {
    const messages = [{ id: 'in.1', from: '4'.repeat(321), type: 'text', text: { body: 'hello' } }];
    expect(noticesOf(webhook({ messages }))).toEqual([]);
  });

  it('tells messages: texts, pressed buttons, and the kind of any other', () => {
    const messages = [
      { id: 'in.1', from: '+49 15', type: 'text', text: { body: 'a\0b' } },
      { id: 'in.2', from: '4915', type: 'button', button: { text: 'Yes' } },
      { id: 'in.3', from: '4915', type: 'image', image: { id: '1' } },
      { id: 'in.4', from: '4915', type: 'text', text: { body: 'x'.repeat(1_000_000) } },
    ];
    const notices = noticesOf(webhook({ messages })) ?? [];
    expect(
      notices.map((notice) =>
        notice.about === 'message' ? [notice.address, notice.text.length > 10 ? notice.text.length : notice.text] : [],
      ),
    ).toEqual([
      ['4915', 'ab'],
      ['4915', 'Yes'],
      ['4915', '[image]'],
      ['4915', MESSAGE_CHARACTERS_MAX],
    ]);
  });

  it('tells which number each is about', () => {
    const of = (number: string, value: object): object => ({
      value: { metadata: { phone_number_id: number }, ...value },
    });
    const changes = [
      of('1', { statuses: [{ id: 'wamid.1', status: 'read' }] }),
      of('2', { messages: [{ id: 'in.1', from: '4915', type: 'text', text: { body: 'Hi' } }] }),
    ];
    expect(noticesOf(Buffer.from(JSON.stringify({ entry: [{ changes }] })))).toMatchObject([
      { about: 'status', phoneNumberId: '1' },
      { about: 'message', phoneNumberId: '2' },
    ]);
  });

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(noticesOf(webhook(value)) ?? [])));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => Array.isArray(noticesOf(Buffer.from(bytes)) ?? [])));
    expect(noticesOf(Buffer.from('[1,'))).toBeUndefined();
  });
});
