import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { renderedMail } from './rendered-mail.js';

const piece = fc.oneof(
  fc.constantFrom('\r\n', '\n', '\r', '.', '\n.\r\n', ' \n', '=', 'ß', '€', '😀', 'x'.repeat(90), 'ж'.repeat(40), '--'),
  fc.string({ maxLength: 40 }),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

/** Lines of quoted-printable that are broken only to be short are one line. */
const withoutSoftBreaks = (mail: Buffer): string => mail.toString('latin1').replaceAll('=\r\n', '');

describe('renderedMail', () => {
  it('makes the bytes that the library makes, of whatever is said in text and in HTML', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.option(text, { nil: undefined }), async (subject, body, html) => {
        const mail = {
          from: { name: subject, address: 'shop@shop.example' },
          to: { name: '', address: 'ada@people.example' },
          subject,
          text: body,
          ...(html === undefined ? {} : { html }),
          headers: { 'List-Unsubscribe': '<https://api.example/unsubscribe/1>' },
        };
        const node = new MailComposer(mail).compile();
        expect(withoutSoftBreaks(renderedMail(node))).toBe(withoutSoftBreaks(await node.build()));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what is not a text', () => {
    const attachments = [{ filename: 'a.pdf', content: Buffer.from('%PDF') }];
    const node = new MailComposer({ from: 'a@b.example', to: 'c@d.example', text: 'x', attachments }).compile();
    expect(() => renderedMail(node)).toThrow(TypeError);
  });
});
