import type { Readable, Writable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { SmtpFailure } from './smtp-reply.js';

/** Mails that one connection carries: servers end those that never end. */
const MAILS_MAX = 100;

export interface SmtpLogin {
  readonly user: string;
  readonly pass: string;
}

export interface SmtpEnvelope {
  readonly from: string;
  readonly to: string;
  /** Comes back in delivery reports, from servers that know how. */
  readonly envelopeId: string;
}

export type SmtpOutcome = { readonly accepted: true } | SmtpFailure;

interface LibraryError {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

/**
 * The bytes of a mail. They are asked for when the server has answered 354, and never before: from then on a connection that
 * breaks says nothing about what became of the mail.
 */
class MailBytes {
  begun = false;

  constructor(private readonly bytes: Buffer) {}

  /** All that the library asks of a stream, without being one: bytes that lie in memory flow by themselves. */
  pipe(into: Writable): void {
    this.begun = true;
    into.end(this.bytes);
  }
}

/** One SMTP connection, with one transaction at a time. */
export class SmtpLine {
  private readonly connection: SMTPConnection;
  private mails = 0;
  private ended = false;
  private failure: LibraryError | undefined;

  constructor(
    options: SMTPConnectionOptions,
    private readonly login: SmtpLogin | undefined,
    private readonly onEnd: (line: SmtpLine) => void,
  ) {
    this.connection = new SMTPConnection(options);
    this.connection.on('error', (error: LibraryError) => {
      this.failure ??= error;
      this.end();
    });
    this.connection.on('end', () => this.end());
  }

  get isUsable(): boolean {
    return !this.ended && this.mails < MAILS_MAX;
  }

  /** Connects and logs in; answers what went wrong, if anything did. `deadlineMs`: as of `send`. */
  async open(deadlineMs: number): Promise<SmtpFailure | undefined> {
    const error = await this.within(deadlineMs, (done) => {
      this.connection.once('error', done);
      this.connection.once('end', () => done(this.failure ?? { code: 'ECONNECTION' }));
      this.connection.connect((failed) => {
        if (failed || this.login === undefined) return done(failed);
        this.connection.login({ credentials: this.login }, done);
      });
    });
    if (error === undefined) return undefined;
    this.end();
    return failureOf(error, false, true);
  }

  /** One mail to one recipient. `deadlineMs`: then the connection is cut, whatever the server does. */
  async send({ from, to, envelopeId }: SmtpEnvelope, mail: Buffer, deadlineMs: number): Promise<SmtpOutcome> {
    this.mails += 1;
    const bytes = new MailBytes(mail);
    const dsn = { ret: 'HDRS', envid: envelopeId, notify: ['FAILURE', 'DELAY'], orcpt: `rfc822;${to}` };
    const error = await this.within(deadlineMs, (done) =>
      this.connection.send({ from, to: [to], size: mail.length, dsn }, bytes as object as Readable, done),
    );
    if (error === undefined) return { accepted: true };
    this.end();
    return failureOf(error, bytes.begun, false);
  }

  quit(): void {
    if (!this.ended) this.connection.quit();
    this.end();
  }

  /** The library's own time-outs begin anew with every line that the server says. */
  private within(
    deadlineMs: number,
    step: (done: (error?: LibraryError | null) => void) => void,
  ): Promise<LibraryError | undefined> {
    return new Promise((resolve) => {
      const cut = setTimeout(() => {
        resolve({ code: 'ETIMEDOUT' });
        this.end();
      }, deadlineMs);
      step((error) => {
        clearTimeout(cut);
        resolve(error ?? undefined);
      });
    });
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.connection.close();
    this.onEnd(this);
  }
}

function failureOf(error: LibraryError, begun: boolean, unconnected: boolean): SmtpFailure {
  const { code = 'ECONNECTION', responseCode, response } = error;
  return { code, responseCode, response, begun, unconnected };
}
