import type { AddressInfo } from 'node:net';
import { Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TransientError } from '@poinciana/event-sourcing';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { StoreMail } from '../handlers/store-mail.js';

/** A mail in bytes: a person's answer with its attachments. */
const MAIL_BYTES_MAX = 5 * 1024 * 1024;
const CLIENTS_MAX = 100;
const RECIPIENTS_MAX = 10;
const IDLE_MS = 30_000;

type Done = (error?: Error | null) => void;

export interface MailListenerSettings {
  readonly port: number;
  readonly host: string;
}

/** Our own mail exchange: it takes mail for our return addresses only, and only what it could store. */
export class MailListener<Transaction> implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('communication-dispatch');
  private readonly server: SMTPServer;

  constructor(
    private readonly mails: StoreMail<Transaction>,
    private readonly onStored: () => void,
    private readonly settings: MailListenerSettings,
  ) {
    this.server = new SMTPServer({
      logger: false,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAIL_BYTES_MAX,
      maxClients: CLIENTS_MAX,
      socketTimeout: IDLE_MS,
      onRcptTo: (address, session, done) => void this.admit(address, session, done),
      onData: (stream, session, done) => void this.take(stream, session, done),
    });
    this.server.on('error', (error: Error) => this.logger.warn({ error: error.name }, 'A connection for mail broke'));
  }

  async onApplicationBootstrap(): Promise<void> {
    const { port, host } = this.settings;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const { port: taken } = this.server.server.address() as AddressInfo;
    this.logger.log({ host, port: taken }, 'Mail is taken');
  }

  async onApplicationShutdown(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async admit({ address }: SMTPServerAddress, session: SMTPServerSession, done: Done): Promise<void> {
    try {
      if (session.envelope.rcptTo.length >= RECIPIENTS_MAX) return done(refusal(452, '4.5.3 Too many recipients'));
      done((await this.mails.knows(address)) ? null : refusal(550, '5.1.1 Nobody is at this address'));
    } catch (error) {
      done(this.failure(error));
    }
  }

  private async take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    try {
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const part of stream) {
        bytes += (part as Buffer).length;
        // What is too long is read to its end, as the protocol wants, and not kept.
        if (bytes <= MAIL_BYTES_MAX) parts.push(part as Buffer);
      }
      if (bytes > MAIL_BYTES_MAX) return done(refusal(552, '5.3.4 The message is too large'));
      for (const { address } of session.envelope.rcptTo) await this.mails.store(address, Buffer.concat(parts));
      this.onStored();
      done();
    } catch (error) {
      done(this.failure(error));
    }
  }

  /** Not stored, so not taken: whoever brings it comes again. */
  private failure(error: unknown): Error {
    if (!(error instanceof TransientError)) this.logger.error({ err: error }, 'A mail could not be taken');
    return refusal(451, '4.3.0 Try again later');
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
