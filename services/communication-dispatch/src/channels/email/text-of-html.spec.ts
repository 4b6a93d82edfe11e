import { expect, it } from '@jest/globals';
import { textOfHtml } from './text-of-html.js';

it('says what the HTML says, with the addresses of its links, and without images, styles and scripts', () => {
  const html = `<html><head><title>x</title><style>p { color: red }</style><script>alert(1)</script></head><body>
    <h1>Hello Ada</h1><p>Pay <b>10 &euro;</b> <a href="https://pay.example/1">here</a>, or at
    <a href="https://pay.example">https://pay.example</a>.</p><img src="x.png" alt="logo">
    <ul><li>one</li><li>two &lt;b&gt;</li></ul></body></html>`;
  expect(textOfHtml(html)).toBe(
    'Hello Ada\n\nPay 10 € here <https://pay.example/1>, or at https://pay.example.\n\n * one\n * two <b>',
  );
});

it('ends with what nobody would write', () => {
  expect(textOfHtml('<div>'.repeat(10_000)).length).toBeLessThan(100);
  expect(textOfHtml('')).toBe('');
  expect(textOfHtml('a < b & c')).toBe('a < b & c');
});
