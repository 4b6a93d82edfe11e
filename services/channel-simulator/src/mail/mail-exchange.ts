import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { CONTENT_MAIL_BYTES_MAX, MAIL_BYTES_MAX } from '../bounds.js';
import type { TakenMessage } from '../channels/message-ledger.js';
import { SimulatedChannel, type ChannelNature, type SimulatedChannelSettings } from '../channels/simulated-channel.js';
import { reportDefect } from '../defect.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { MailPost, type MailTarget } from './mail-post.js';
import { mailHappenings, type MailEvent } from './mail-people.js';
import { communicationOf, headerOf } from './mail-text.js';

export interface MailSettings {
  /** 0 takes a free port; null: no mail. */
  readonly smtpPort: number | null;
  readonly host: string;
  /** Null: nobody has to log in. */
  readonly login: { readonly user: string; readonly password: string } | null;
}

type Answered = (error?: Error | null, message?: string) => void;

const SLOW_ANSWER_MS_DEFAULT = 1_000;

/** A mail exchange that takes mail for everybody, and the people behind it, who answer and whose mailboxes bounce. */
export class MailExchange {
  readonly channel: SimulatedChannel<MailEvent>;
  readonly #server: SMTPServer;
  readonly #settings: MailSettings;
  readonly #post = new MailPost();
  readonly #faults = new Map<string, FaultRule>();
  #port = 0;

  constructor(settings: MailSettings, channelSettings: SimulatedChannelSettings) {
    this.#settings = settings;
    const nature: ChannelNature<MailEvent> = {
      name: 'mail',
      happeningsOf: mailHappenings,
      subjectOf: ({ original }) => ({ address: original.address, communicationId: original.communicationId }),
      hasReceiver: () => this.#post.target !== null,
      // Mail carries no signature: there is no lie that could be told from the truth.
      deliver: (event, isLie) => (isLie ? Promise.resolve(false) : this.#post.deliver(event)),
    };
    this.channel = new SimulatedChannel(nature, channelSettings);
    this.#server = this.#createServer();
  }

  get port(): number {
    return this.#port;
  }

  set target(target: MailTarget | null) {
    this.#post.target = target;
  }

  /** A person writes of their own accord. */
  letWrite(from: string, to: string, subject: string, text: string): void {
    const original: TakenMessage = {
      sequence: -1,
      messageId: '',
      communicationId: null,
      address: from,
      acceptedAt: '',
      content: { replyTo: to, subject, raw: '' },
    };
    this.channel.tell({ what: 'reply', original, text, isAutomatic: false });
  }

  async listen(): Promise<void> {
    const { smtpPort, host } = this.#settings;
    if (smtpPort === null) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(smtpPort, host, () => resolve());
    });
    this.#port = (this.#server.server.address() as AddressInfo).port;
    this.#server.on('error', (error: Error & { readonly code?: string }) => {
      if (error.code === undefined) reportDefect(error);
    });
  }

  async stop(): Promise<void> {
    this.#post.stop();
    for (const connection of this.#server.connections) connection._socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #createServer(): SMTPServer {
    const { login } = this.#settings;
    return new SMTPServer({
      logger: false,
      disabledCommands: login === null ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
      authOptional: login === null,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      hideDSN: false,
      size: MAIL_BYTES_MAX,
      closeTimeout: 100,
      onAuth: ({ username, password }, _, done) =>
        login !== null && username === login.user && password === login.password
          ? done(null, { user: username })
          : done(refusal(535, '5.7.8 Authentication credentials invalid')),
      onRcptTo: (address, session, done) => this.#onRecipient(address, session, done),
      onData: (stream, session, done) => this.#onData(stream, session, done),
    });
  }

  #onRecipient({ address }: SMTPServerAddress, session: SMTPServerSession, done: Answered): void {
    const to = address.toLowerCase();
    const fault = this.channel.drawRequestFault({ address: to, communicationId: communicationOf(senderOf(session)) });
    this.#faults.delete(session.id);
    if (fault !== undefined) {
      if (fault.kind === 'resetBeforeAcceptance' && fault.phase !== 'data') return this.#cut(session);
      if (fault.kind === 'refuse' && fault.phase !== 'data') return done(refusalOf(fault));
      this.#faults.set(session.id, fault);
    }
    done(this.#whyNot(to));
  }

  #whyNot(address: string): Error | undefined {
    if (this.channel.mode === 'manual') return undefined;
    const { kind } = this.channel.personAt(address);
    if (kind === 'invalidRefused') return refusal(550, '5.1.1 The mailbox does not exist');
    if (kind === 'providerErrorOnce' && this.channel.errsFor(address))
      return refusal(451, '4.7.1 Greylisted, try again later');
    return undefined;
  }

  #onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: Answered): void {
    const fault = this.#faults.get(session.id);
    this.#faults.delete(session.id);
    // The first bytes of the mail prove that 354 has reached the sender.
    if (fault?.kind === 'resetBeforeAcceptance') return void stream.once('data', () => this.#cut(session));
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      if (fault?.kind === 'refuse') return done(refusalOf(fault));
      if (stream.sizeExceeded) return done(refusal(552, '5.3.4 The message is too large'));
      this.#take(Buffer.concat(parts), session);
      if (fault?.kind === 'resetAfterAcceptance') return this.#cut(session);
      const delayMs = fault?.kind === 'slowAnswer' ? (fault.delayMs ?? SLOW_ANSWER_MS_DEFAULT) : 0;
      if (delayMs > 0) setTimeout(() => done(null, 'taken'), delayMs);
      else done(null, 'taken');
    });
  }

  #take(raw: Buffer, session: SMTPServerSession): void {
    const text = raw.subarray(0, CONTENT_MAIL_BYTES_MAX).toString('utf8');
    const sender = senderOf(session);
    const messageId = headerOf(text, 'message-id') ?? '';
    this.channel.accept({
      messageId,
      communicationId: communicationOf(sender) ?? communicationOf(messageId),
      address: (session.envelope.rcptTo[0]?.address ?? '').toLowerCase(),
      content: {
        sender,
        envelopeId: session.envelope.dsn?.envid ?? null,
        replyTo: headerOf(text, 'reply-to') ?? headerOf(text, 'from') ?? '',
        subject: headerOf(text, 'subject') ?? '',
        raw: text,
      },
    });
  }

  #cut(session: SMTPServerSession): void {
    for (const connection of this.#server.connections) if (connection.id === session.id) connection._socket.destroy();
  }
}

function senderOf({ envelope }: SMTPServerSession): string {
  return envelope.mailFrom === false ? '' : envelope.mailFrom.address;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function refusalOf({ code = 451 }: FaultRule): Error {
  return refusal(code, `${Math.floor(code / 100)}.3.0 Refused by a fault`);
}
