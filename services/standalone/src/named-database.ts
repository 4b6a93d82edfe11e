import pg from 'pg';
import { systemErrorCode } from '@poinciana/embedded-database';

const connectWithinMs = 10_000;
const versionMin = 14;

/** The database that was named cannot be used. The message is one sentence and never holds the password. */
export class UnreachableDatabaseError extends Error {
  override readonly name = 'UnreachableDatabaseError';
}

/** Connects once to a database that somebody named, so that what is wrong with it is said before anything else starts. */
export async function assertUsableDatabase(url: string): Promise<void> {
  const { host, pathname } = new URL(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectWithinMs });
  // Told by the query that fails; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version >= versionMin) return;
    throw new UnreachableDatabaseError(
      `The database at ${host} is PostgreSQL ${version}, and at least ${versionMin} is needed.`,
    );
  } catch (error) {
    if (error instanceof UnreachableDatabaseError) throw error;
    throw new UnreachableDatabaseError(
      `${reasonOf(error, host, pathname.slice(1))} Check --database-url or DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

const reasons: Readonly<Record<string, (host: string, database: string) => string>> = {
  ECONNREFUSED: (host) => `Nobody answers at ${host}.`,
  ENOTFOUND: (host) => `There is no machine called ${host}.`,
  EAI_AGAIN: (host) => `There is no machine called ${host}.`,
  ETIMEDOUT: (host) => `Nobody answers at ${host}.`,
  '28P01': (host) => `The database at ${host} refuses user and password.`,
  '28000': (host) => `The database at ${host} refuses this user.`,
  '3D000': (host, database) => `There is no database ${database} at ${host}.`,
};

function reasonOf(error: unknown, host: string, database: string): string {
  const reason = reasons[systemErrorCode(error) ?? firstInnerCode(error) ?? ''];
  if (reason !== undefined) return reason(host, database);
  const said =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return `The database at ${host} cannot be used: ${said}.`;
}

/** A name with several addresses fails with one error for each of them. */
function firstInnerCode(error: unknown): string | undefined {
  return error instanceof AggregateError ? systemErrorCode(error.errors[0]) : undefined;
}
