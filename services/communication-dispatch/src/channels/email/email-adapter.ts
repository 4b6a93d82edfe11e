import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { ChannelAdapter, type OpenChannel, type OutgoingMessage, type SendOutcome } from '../channel-adapter.js';
import type { ChannelNotice } from '../channel-notice.js';
import type { ConnectionLimits } from '../http/provider-connections.js';
import { INCOMPLETE } from '../http/provider-connections.js';
import { mailBytes, messageIdOf, type MailIdentity } from './mail-bytes.js';
import type { ReturnAddresses } from './return-addresses.js';
import { SmtpLines } from './smtp-lines.js';
import { outcomeOfFailure } from './smtp-reply.js';

/** Names of the channel's settings and secrets. `security`: `starttls` (as it is without one), `tls` or `none`. */
export const EMAIL_SETTINGS = [
  'host',
  'port',
  'security',
  'from',
  'fromName',
  'user',
  'connections',
  'caCertificate',
] as const;
export const EMAIL_SECRETS = ['password'] as const;

const LINES_DEFAULT = 20;
const CHANNELS_OPEN_MAX = 1_000;
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,253}$/;
const PORTS = { tls: 465, starttls: 587, none: 25 } as const;
type Security = keyof typeof PORTS;

/** Email over SMTP, one recipient a transaction. What comes back is mail to our own exchange (`src/smtp`). */
export class EmailAdapter extends ChannelAdapter {
  override readonly type = 'email';
  override readonly sendTimeoutMs: number;
  private readonly lines = new Map<string, { readonly open: OpenChannel; readonly lines: SmtpLines }>();

  constructor(
    private readonly limits: ConnectionLimits,
    private readonly addresses: ReturnAddresses,
  ) {
    super();
    // A wait for a line, a dead line, a fresh one with its greeting and its login, the transaction.
    const { connectTimeoutMs, answerTimeoutMs } = limits;
    this.sendTimeoutMs = 3 * connectTimeoutMs + 6 * answerTimeoutMs;
  }

  override async send(open: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    const identity = this.identityOf(open, message);
    const lines = this.linesOf(open);
    if (identity === undefined || lines === undefined) return INCOMPLETE;
    if (!ADDRESS.test(message.address))
      return { outcome: 'refused', code: 'invalid_address', providerCode: 'not_called' };
    const mail = mailBytes(message, identity);
    if (mail === undefined) return { outcome: 'refused', code: 'message_refused', providerCode: 'not_called' };
    const from = this.addresses.bounceOf(message.echo) ?? identity.from.address;
    const outcome = await lines.send({ from, to: message.address, envelopeId: message.echo }, mail);
    if (!('accepted' in outcome)) return outcomeOfFailure(outcome);
    return { outcome: 'accepted', providerMessageId: messageIdOf(message.echo, identity.from.address) };
  }

  /** Nothing about mail comes over HTTP. */
  override isAuthentic(): boolean {
    return false;
  }

  override read(): readonly ChannelNotice[] | undefined {
    return undefined;
  }

  override async close(): Promise<void> {
    for (const { lines } of this.lines.values()) lines.close();
    this.lines.clear();
  }

  private identityOf({ channel }: OpenChannel, { echo, content }: OutgoingMessage): MailIdentity | undefined {
    const { from: fromAddress = '', fromName = '' } = channel.settings;
    if (!ADDRESS.test(fromAddress)) return undefined;
    const replyTo = this.addresses.replyOf(channel.id);
    const unsubscribe = content.type === 'email' ? this.addresses.unsubscribeOf(echo) : undefined;
    return { from: { name: fromName, address: fromAddress }, replyTo, unsubscribe };
  }

  /** The lines of a channel; those of an older saving of it end when their mails are through. */
  private linesOf(open: OpenChannel): SmtpLines | undefined {
    const { id } = open.channel;
    const known = this.lines.get(id);
    if (known?.open === open) return known.lines;
    const options = optionsOf(open, this.limits);
    if (options === undefined) return undefined;
    known?.lines.close();
    if (this.lines.size >= CHANNELS_OPEN_MAX) this.closeOldest();
    const { user } = open.channel.settings;
    const { password } = open.secrets;
    const login = user === undefined || password === undefined ? undefined : { user, pass: password };
    const { connectTimeoutMs: waitMs, answerTimeoutMs, connections } = this.limits;
    const asked = Number(open.channel.settings['connections'] ?? LINES_DEFAULT);
    const linesMax = Math.max(1, Math.min(connections, Number.isInteger(asked) ? asked : LINES_DEFAULT));
    const transactionMs = 2 * answerTimeoutMs;
    const openMs = 2 * waitMs + transactionMs;
    const lines = new SmtpLines(options, login, { linesMax, waitMs, openMs, transactionMs });
    this.lines.set(id, { open, lines });
    return lines;
  }

  private closeOldest(): void {
    const [oldest] = this.lines;
    if (oldest === undefined) return;
    oldest[1].lines.close();
    this.lines.delete(oldest[0]);
  }
}

function optionsOf({ channel }: OpenChannel, limits: ConnectionLimits): SMTPConnectionOptions | undefined {
  const { host, port, security = 'starttls', caCertificate } = channel.settings;
  if (host === undefined || host === '' || !isSecurity(security)) return undefined;
  const number = port === undefined ? PORTS[security] : Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) return undefined;
  const { connectTimeoutMs, answerTimeoutMs } = limits;
  return {
    host,
    port: number,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: answerTimeoutMs,
    ...(caCertificate === undefined ? {} : { tls: { ca: caCertificate } }),
  };
}

function isSecurity(text: string): text is Security {
  return Object.hasOwn(PORTS, text);
}
