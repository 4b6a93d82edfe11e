import { encode as inBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as inQuotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

const LINE_END = '\r\n';

/**
 * A mail whose contents are texts, byte for byte as the library's own `build` makes it (RFC 2045, RFC 2046), but for where a line of
 * quoted-printable is broken behind a lone carriage return. That one goes through six streams, which is most of what a mail costs; a text
 * that lies in memory needs none.
 */
export function renderedMail(node: MimeNode): Buffer {
  const text = rendered(node);
  return Buffer.from(text.endsWith('\n') ? text : text + (text.endsWith('\r') ? '\n' : LINE_END));
}

function rendered(node: MimeNode): string {
  // The headers first: they settle what the boundary is.
  const head = node.buildHeaders() + LINE_END + LINE_END + encodedContent(node);
  if (typeof node.multipart !== 'string') return head;
  const separator = `--${String(node.boundary)}`;
  const parts = node.childNodes.map((child) => separator + LINE_END + rendered(child));
  return `${head}${parts.join(LINE_END)}${LINE_END}${separator}--${LINE_END}`;
}

function encodedContent(node: MimeNode): string {
  const { content = '' } = node;
  if (typeof content !== 'string') throw new TypeError('A mail of something other than texts');
  switch (node.getTransferEncoding()) {
    case 'quoted-printable':
      return wrapQuotedPrintable(inQuotedPrintable(content));
    case 'base64':
      return wrapBase64(inBase64(content));
    default:
      return content;
  }
}
