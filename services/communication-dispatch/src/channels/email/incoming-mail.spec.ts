import { describe, expect, it } from '@jest/globals';
import { MESSAGE_CHARACTERS_MAX } from '../channel-notice.js';
import { readMail } from './incoming-mail.js';

const ID = '11111111-1111-4111-8111-111111111111';

function mail(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'));
}

function report(action: string, status: string, recipient = 'ada@people.example'): Buffer {
  return mail(
    'From: mailer-daemon@people.example',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Sorry.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; people.example',
    `Original-Envelope-Id: ${ID}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    '',
    '--b--',
  );
}

describe('mail that comes in', () => {
  it.each([
    ['failed', '5.1.1', 'invalid_address'],
    ['failed', '5.2.2', 'mailbox_full'],
    ['failed', '5.7.1', 'policy_refused'],
    ['failed', '4.4.1', 'delivery_expired'],
    ['failed', 'nonsense', 'recipient_unreachable'],
  ])('reads a report %s %s as %s, action before status', async (action, status, code) => {
    const { reports, message } = await readMail(report(action, status), ID);
    expect(reports).toMatchObject([{ recipient: 'ada@people.example', notice: { status: 'failed', echo: ID, code } }]);
    expect(message).toBeUndefined();
  });

  it('takes a delay for no end, and a delivery for a delivery', async () => {
    expect((await readMail(report('delayed', '4.4.1'), ID)).reports).toEqual([]);
    expect((await readMail(report('delivered', '2.0.0'), ID)).reports).toMatchObject([
      { notice: { status: 'delivered' } },
    ]);
  });

  it('reads an answer without what it quotes, and which message it answers', async () => {
    const { message } = await readMail(
      mail(
        'From: Ada <Ada@People.example>',
        'Subject: Re: Hello',
        'Message-ID: <answer@people.example>',
        `In-Reply-To: <${ID}@shop.example>`,
        '',
        'I paid.',
        '',
        'On Monday you wrote:',
        '> Please pay',
      ),
      undefined,
    );
    expect(message).toEqual({
      about: 'message',
      providerMessageId: '<answer@people.example>',
      address: 'ada@people.example',
      subject: 'Re: Hello',
      text: 'I paid.',
      answers: ID,
    });
  });

  it('takes what machines send for no answer of a person', async () => {
    const away = mail('From: ada@people.example', 'Auto-Submitted: auto-replied', '', 'I am away');
    expect((await readMail(away, undefined)).message).toBeUndefined();
  });

  it('takes an address that is longer than any for none', async () => {
    const endless = mail(`From: <${'a'.repeat(320)}@people.example>`, '', 'hello');
    expect((await readMail(endless, undefined)).message).toBeUndefined();
  });

  it.each([
    [
      'HTML that is nested without end',
      mail('From: a@b.example', 'Content-Type: text/html', '', '<div>'.repeat(200_000)),
    ],
    ['a head without end', mail('From: a@b.example', `X-Long: ${'x'.repeat(3_000_000)}`, '', 'hello')],
  ])('takes %s for a mail that says nothing', async (_, raw) => {
    expect(await readMail(raw, undefined)).toEqual({ reports: [], message: undefined });
  });

  it('cuts an answer of 1 MB, and never throws, whatever comes', async () => {
    const { message } = await readMail(mail('From: ada@people.example', '', `a${'x'.repeat(1_000_000)}`), undefined);
    expect(message?.about === 'message' && message.text.length).toBe(MESSAGE_CHARACTERS_MAX);
    for (const raw of ['', '\0\0', 'From:', 'Content-Type: multipart/mixed\r\n\r\n--', '<'.repeat(10_000)])
      expect((await readMail(Buffer.from(raw), ID)).reports).toEqual([]);
  });
});
