import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { networkCodeOf } from '../network-error.js';
import type { MailEvent } from './mail-people.js';
import { addressIn, headerOf } from './mail-text.js';

/** Where mail that comes back goes. */
export interface MailTarget {
  readonly host: string;
  readonly port: number;
}

const TIMEOUT_MS = 10_000;

/** Brings mail to the sender's own exchange. */
export class MailPost {
  #target: MailTarget | null = null;
  #transport: ReturnType<typeof transportTo> | null = null;

  get target(): MailTarget | null {
    return this.#target;
  }

  set target(target: MailTarget | null) {
    this.stop();
    this.#target = target;
    this.#transport = target && transportTo(target);
  }

  /** True when it was taken, or refused for good: then it is not brought again. */
  async deliver(event: MailEvent): Promise<boolean> {
    if (this.#transport === null) return false;
    try {
      await this.#transport.sendMail(event.what === 'reply' ? reply(event) : report(event));
      return true;
    } catch (error) {
      const { responseCode } = error as { readonly responseCode?: number };
      if (responseCode !== undefined) return responseCode >= 500;
      if (networkCodeOf(error) === undefined) throw error;
      return false;
    }
  }

  stop(): void {
    this.#transport?.close();
    this.#transport = null;
  }
}

function transportTo({ host, port }: MailTarget) {
  return createTransport({
    host,
    port,
    pool: true,
    maxConnections: 4,
    ignoreTLS: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
}

function reply({ original, text, isAutomatic }: Extract<MailEvent, { what: 'reply' }>) {
  const { replyTo = '', subject = '' } = (original.content ?? {}) as {
    readonly replyTo?: string;
    readonly subject?: string;
  };
  return {
    from: original.address,
    to: addressIn(replyTo),
    subject: `Re: ${subject}`,
    text: original.messageId === '' ? text : `${text}\n\nOn Monday you wrote:\n> ${subject}\n`,
    messageId: `<${randomUUID()}@people.example>`,
    ...(original.messageId === '' ? {} : { inReplyTo: original.messageId, references: [original.messageId] }),
    ...(isAutomatic ? { headers: { 'Auto-Submitted': 'auto-replied' } } : {}),
  };
}

/** A delivery report in the form of RFC 3464, with the empty envelope sender. */
function report({ original, action, status }: Extract<MailEvent, { what: 'report' }>) {
  const {
    sender = '',
    envelopeId = null,
    raw = '',
  } = (original.content ?? {}) as {
    readonly sender?: string;
    readonly envelopeId?: string | null;
    readonly raw?: string;
  };
  const boundary = `report-${randomUUID()}`;
  const headers = raw.slice(0, Math.max(0, raw.search(/\r?\n\r?\n/)));
  const lines = [
    'From: Mail Delivery System <mailer-daemon@people.example>',
    `To: ${sender}`,
    'Subject: Delivery report',
    `Message-ID: <${randomUUID()}@people.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'This is a report of the mail system.',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; people.example',
    ...(envelopeId === null ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
    '',
    `Final-Recipient: rfc822; ${original.address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${status.startsWith('5') ? 550 : 450} ${status} as simulated`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    headers === '' ? `Message-ID: ${headerOf(raw, 'message-id') ?? original.messageId}` : headers,
    '',
    `--${boundary}--`,
    '',
  ];
  return { envelope: { from: '', to: [sender] }, raw: lines.join('\r\n') };
}
