import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { NO_LINE } from './smtp-reply.js';
import { SmtpLine, type SmtpEnvelope, type SmtpLogin, type SmtpOutcome } from './smtp-line.js';

export interface SmtpLimits {
  readonly linesMax: number;
  /** How long a send waits for a free line. */
  readonly waitMs: number;
  /** From the wish for a connection to the end of the login. */
  readonly openMs: number;
  /** From the first command to the reply after the final dot. */
  readonly transactionMs: number;
}

/** The open connections to one mail server: as many as are needed, up to a bound, each used for many mails. */
export class SmtpLines {
  private readonly idle: SmtpLine[] = [];
  private readonly all = new Set<SmtpLine>();
  /** Those of them that nobody has opened yet: they count from the moment they are promised. */
  private readonly unopened = new Set<SmtpLine>();
  private waiting: ((line: SmtpLine | undefined) => void)[] = [];
  private closed = false;

  constructor(
    private readonly options: SMTPConnectionOptions,
    private readonly login: SmtpLogin | undefined,
    private readonly limits: SmtpLimits,
  ) {}

  /** Sends once. A line that had died while it was idle is replaced: nothing was written on it. */
  async send(envelope: SmtpEnvelope, mail: Buffer): Promise<SmtpOutcome> {
    const reused = this.takeIdle();
    if (reused !== undefined) {
      const outcome = await this.sendOn(reused, envelope, mail);
      if ('accepted' in outcome || outcome.begun || outcome.responseCode !== undefined) return outcome;
    }
    const line = await this.freshOrFreed();
    if (line === undefined) return { code: NO_LINE, begun: false, unconnected: true };
    if (!this.unopened.delete(line)) return this.sendOn(line, envelope, mail);
    const failure = await line.open(this.limits.openMs);
    if (failure === undefined) return this.sendOn(line, envelope, mail);
    this.forget(line);
    return failure;
  }

  /** No mail is begun after this; those under way end first. */
  close(): void {
    this.closed = true;
    for (const line of this.idle.splice(0)) line.quit();
    for (const letIn of this.waiting.splice(0)) letIn(undefined);
  }

  private async sendOn(line: SmtpLine, envelope: SmtpEnvelope, mail: Buffer): Promise<SmtpOutcome> {
    try {
      return await line.send(envelope, mail, this.limits.transactionMs);
    } finally {
      this.giveBack(line);
    }
  }

  private takeIdle(): SmtpLine | undefined {
    for (let line = this.idle.pop(); line !== undefined; line = this.idle.pop()) if (line.isUsable) return line;
    return undefined;
  }

  /** A line that is not opened yet, or one that another send gave back. */
  private freshOrFreed(): Promise<SmtpLine | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    if (this.all.size < this.limits.linesMax) return Promise.resolve(this.fresh());
    return new Promise((resolve) => {
      const letIn = (line: SmtpLine | undefined): void => {
        clearTimeout(timer);
        resolve(line);
      };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((each) => each !== letIn);
        resolve(undefined);
      }, this.limits.waitMs);
      this.waiting.push(letIn);
    });
  }

  private fresh(): SmtpLine {
    const line = new SmtpLine(this.options, this.login, (ended) => this.forget(ended));
    this.all.add(line);
    this.unopened.add(line);
    return line;
  }

  private giveBack(line: SmtpLine): void {
    if (!line.isUsable) {
      line.quit();
      return this.forget(line);
    }
    const next = this.waiting.shift();
    if (next !== undefined) next(line);
    else if (this.closed) line.quit();
    else this.idle.push(line);
  }

  /** A line less: who waits longest may open another. */
  private forget(line: SmtpLine): void {
    if (!this.all.delete(line) || this.closed || this.all.size >= this.limits.linesMax) return;
    const next = this.waiting.shift();
    if (next !== undefined) next(this.fresh());
  }
}
