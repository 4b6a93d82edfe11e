import { MigrationError } from '@poinciana/database';
import { EmbeddedDatabaseError, systemErrorCode } from '@poinciana/embedded-database';
import { SettingsError } from '@poinciana/service-kit';
import { UsageError } from './options.js';
import { UnreachableDatabaseError } from './named-database.js';

const expected = [UsageError, EmbeddedDatabaseError, SettingsError, MigrationError, UnreachableDatabaseError];

/**
 * What somebody at the terminal reads when the start fails: one sentence for everything that is theirs to set right, and all
 * there is to know about anything else, which is a bug.
 */
export function sentenceFor(error: unknown, options: { port: number; dataDir: string } | undefined): string {
  if (expected.some((kind) => error instanceof kind)) return (error as Error).message;
  const code = systemErrorCode(error);
  if (options !== undefined && code !== undefined) {
    const told = sentenceForCode(code, options, error as NodeJS.ErrnoException);
    if (told !== undefined) return told;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function sentenceForCode(
  code: string,
  { port, dataDir }: { port: number; dataDir: string },
  error: NodeJS.ErrnoException,
) {
  const isListen = error.syscall === 'listen';
  if (code === 'EADDRINUSE') return `The port ${port} is in use; name another one with --port.`;
  if (code === 'EACCES' && isListen) return `The port ${port} is not yours to use; name one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'This machine has no such address; name another one with --host.';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(code)) {
    return `The folder ${dataDir} cannot be written (${code}); name another one with --data-dir.`;
  }
  return undefined;
}
