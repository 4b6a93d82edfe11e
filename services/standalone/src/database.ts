import { startEmbeddedDatabase } from '@poinciana/embedded-database';
import { assertUsableDatabase } from './named-database.js';

/** A database that is there, whoever runs it. */
export interface Database {
  /** Holds a password: a secret. */
  url: string;
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  /** A database of somebody's own; undefined for the embedded one. */
  databaseUrl: string | undefined;
  databaseFolder: string;
  onNotice: (notice: string) => void;
  /** The embedded database is lost for good. */
  onFailure: (error: Error) => void;
}

export async function openDatabase({ databaseUrl, databaseFolder, ...told }: DatabaseOptions): Promise<Database> {
  if (databaseUrl === undefined) return startEmbeddedDatabase({ dataFolder: databaseFolder, ...told });
  await assertUsableDatabase(databaseUrl);
  return { url: databaseUrl, stop: () => Promise.resolve() };
}
