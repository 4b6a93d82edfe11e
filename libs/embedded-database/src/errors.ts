/** Why an embedded database could not start or went away. */
export type EmbeddedDatabaseProblem =
  /** Another living process works on the same data folder. */
  | 'folderInUse'
  /** The data folder cannot be written, entered or created by the user that must own it. */
  | 'folderNotUsable'
  /** The port that was asked for is taken. */
  | 'portInUse'
  /** There are no PostgreSQL binaries for this machine. */
  | 'noBinaries'
  /** The data was written by another major version of PostgreSQL. */
  | 'otherVersion'
  /** PostgreSQL did not start, or ended again and again. The message holds its last words. */
  | 'serverFailed';

/** Each message is one sentence for the person at the terminal. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  constructor(
    readonly problem: EmbeddedDatabaseProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The code of a system error such as ENOENT, undefined for anything else. Also of errors that come from another realm. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
