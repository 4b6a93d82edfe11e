import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * Carries what Nest and code that uses Nest's `Logger` say into our log: a sentence, an error, or fields and their sentence as pino takes
 * them. Nest passes the context as the last text.
 */
export class NestLog implements LoggerService {
  constructor(private readonly log_: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }
  /** Nest passes `(message, stack, context)` or `(error, context)`. */
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.length > 0 ? rest[rest.length - 1] : undefined;
    const told = rest.slice(0, -1).filter((detail) => detail !== undefined);
    const named = typeof context === 'string' ? { context } : {};
    if (isFields(message)) {
      const [text, ...details] = typeof told[0] === 'string' ? told : [undefined, ...told];
      this.log_[level]({ ...named, ...message, ...detailsOf(details) }, text as string | undefined);
      return;
    }
    const fields = { ...named, ...detailsOf(told) };
    if (message instanceof Error) this.log_[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'string') this.log_[level](fields, message);
    else this.log_[level]({ ...fields, content: message });
  }
}

/** The fields of a line, as our own code gives them, with the sentence behind them. */
function isFields(message: unknown): message is object {
  return typeof message === 'object' && message !== null && !Array.isArray(message) && !(message instanceof Error);
}

function detailsOf(details: readonly unknown[]): { readonly details?: readonly unknown[] } {
  return details.length === 0 ? {} : { details };
}
