import { expect, it } from '@jest/globals';
import { previewMail } from './preview-mail.js';

const TEMPLATE = { subject: 'For {{name}}', body: '<p>Hello {{name}}, <a href="{{link}}">{{due}}</a></p>' };

it('shows subject, text and HTML with the values, and which places stay empty', () => {
  const values = { name: 'Ada', link: 'https://pay.example/1' };
  expect(previewMail({ ...TEMPLATE, format: 'html' }, values)).toEqual({
    subject: 'For Ada',
    html: '<p>Hello Ada, <a href="https://pay.example/1"></a></p>',
    text: 'Hello Ada, https://pay.example/1',
    missing: ['due'],
  });
  expect(previewMail({ subject: 'Hi', body: 'Hello {{name}}', format: 'plain' }, { name: '<b>' })).toEqual({
    subject: 'Hi',
    text: 'Hello <b>',
    missing: [],
  });
});

it('lets no value be a header, markup, a script, or more than a mail', () => {
  const name = 'Ada\r\nBcc: eve@evil.example <script>alert(1)</script>';
  const { subject, html } = previewMail(
    { ...TEMPLATE, format: 'html' },
    { name, link: 'javascript:alert(1)', due: '{{name}}' },
  );
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain('<script');
  expect(html).toContain('<a href="#">{{name}}</a>');
  const long = { subject: 'x', body: '{{x}}'.repeat(1_000), format: 'html' as const };
  expect(() => previewMail(long, { x: 'y'.repeat(1_024) })).toThrow(expect.objectContaining({ code: 'mail_too_long' }));
  const refused = expect.objectContaining({ code: 'invalid_preview_values' });
  expect(() => previewMail(long, { x: { y: 1 } })).toThrow(refused);
  expect(() => previewMail(long, { x: 'y'.repeat(1_025) })).toThrow(refused);
});
