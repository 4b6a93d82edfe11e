import { types } from 'node:util';
import { StorageFull, TransientError } from '@poinciana/event-sourcing';

/**
 * SQLSTATEs and codes of the operating system after which the same call may succeed: connection exceptions (08),
 * resources used up (53), operator intervention and cancelled statements (57), serialization, deadlock, lock not available,
 * a transaction that idled too long, a disk that fails (58030).
 */
const SQLSTATE = /^(08...|53...|57P0[1-5]|57014|40001|40P01|55P03|25P0[34]|58030)$/;
const DISK_FULL = '53100';
const SYSTEM_CODE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EAI_AGAIN|ENOTFOUND|ENOENT)$/;
/** What the driver says without a code. */
const DRIVER_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error)/;
const UNANSWERED_MESSAGE = 'Query read timeout';

/**
 * Makes a `TransientError` of what says that the database is away, overloaded or in each other's way; the original is its `cause`.
 * Anything else is answered as it is: it is a bug or a refusal. The message holds no values.
 */
export function asTransient(error: unknown): unknown {
  if (!isError(error) || error instanceof TransientError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === DISK_FULL) return new StorageFull('The database has no room left', { cause: error });
  const transient = SQLSTATE.test(code) || isSystemError(error, code) || isSaidByDriver(error);
  return transient ? new TransientError(`The database is away: ${code || error.message}`, { cause: error }) : error;
}

function isSaidByDriver(error: Error): boolean {
  return DRIVER_MESSAGE.test(error.message) || isUnanswered(error);
}

/** The driver gave a query up, and the connection still owes its answer. */
export function isUnanswered(error: unknown): boolean {
  return isError(error) && error.message === UNANSWERED_MESSAGE;
}

/** Also an error of another realm, which `instanceof` does not know. */
function isError(error: unknown): error is Error {
  return error instanceof Error || types.isNativeError(error);
}

/** `ENOENT` only of a socket that is not there: a missing file is a bug. */
function isSystemError(error: Error, code: string): boolean {
  return SYSTEM_CODE.test(code) && (code !== 'ENOENT' || ('syscall' in error && error.syscall === 'connect'));
}
