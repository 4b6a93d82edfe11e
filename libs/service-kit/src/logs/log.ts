import { pino, type Bindings, type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino';
import { redact } from './redaction.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Structured logs: one JSON object a line, without personal values and secrets. What is logged for a request says its identity. */
export type Log = Logger;

/** `service` names the process in every line; lines go to standard output unless another destination is given. */
export function createLog(
  options: { readonly service: string; readonly level: LogLevel },
  destination?: DestinationStream,
): Log {
  const settings = {
    level: options.level,
    base: { service: options.service },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors are reduced by the formatter; a serializer of pino's own would run first and print all of their properties.
    serializers: { err: (error: unknown) => error, error: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: object) => Object(redact(fields)) as Record<string, unknown>,
    },
    hooks: {
      logMethod(
        this: Logger,
        parameters: Parameters<Logger['info']>,
        method: (...all: Parameters<Logger['info']>) => void,
      ) {
        // The fields of a line go through the formatter; texts and what is formatted into them do not.
        const cleaned = parameters.map((part: unknown, index) =>
          index === 0 && typeof part !== 'string' ? part : redact(part),
        );
        method.apply(this, cleaned as Parameters<Logger['info']>);
      },
    },
  };
  return withCleanChildren(destination === undefined ? pino(settings) : pino(settings, destination));
}

/** pino prints what a child is bound to as it is; children of children find this method too. */
function withCleanChildren(log: Log): Log {
  const { child } = log;
  log.child = function bind<Levels extends string>(
    this: Log,
    bindings: Bindings,
    options?: ChildLoggerOptions<Levels>,
  ) {
    return child.call(this, Object(redact(bindings)), options);
  } as Log['child'];
  return log;
}
