import pg from 'pg';
import { sendBulksUncopied } from './bulk-bind.js';
import { answerTimeoutMs } from './statement-time.js';
import { asTransient, isUnanswered } from './transient.js';

/** How long a connection may take, and what runs on it, before it is given up. */
export const CONNECT_TIMEOUT_MS = 10_000;
export const STATEMENT_TIMEOUT_MS = 60_000;
export const LOCK_TIMEOUT_MS = 10_000;
export const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
/** From when on the system asks whether an idle connection still reaches anybody. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/** What every pool sets itself, and an address must not set as well: of two, the driver would take the address's. */
const OWN_PARAMETERS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
] as const;

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

export interface PoolSettings {
  readonly url: string;
  /** The schema that unqualified names mean on every connection. */
  readonly schema: string;
  readonly max: number;
  readonly applicationName: string;
  readonly statementTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly idleInTransactionTimeoutMs?: number;
  /** Told when a connection that nobody uses breaks; the pool opens another when it needs one. */
  readonly onIdleConnectionLost?: (error: Error) => void;
}

/**
 * A pool whose connections all have the same settings: search path, UTC, and an end for whatever waits or idles too long.
 * How durable a commit is stays what the server says. A query that fails because the database is away throws a `TransientError`;
 * so does one that is not answered at all, as when packets are lost without a word. `options` of the address are kept, ours behind
 * them. Throws a `RangeError` when the address sets what the pool sets itself.
 */
export function createPool(settings: PoolSettings): pg.Pool {
  const { url, schema, max, applicationName, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = settings;
  const { address, options } = takeOptions(url);
  const pool = new DatabasePool({
    connectionString: address,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    lock_timeout: settings.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs ?? IDLE_IN_TRANSACTION_TIMEOUT_MS,
    options: `${options} -c search_path=${schemaName(schema)} -c TimeZone=UTC -c DateStyle=ISO`,
    query_timeout: answerTimeoutMs(statementTimeoutMs),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  });
  pool.on('connect', (client) => {
    sendBulksUncopied(connectionOf(client));
    closeWhenUnanswered(client);
  });
  // Without a listener a broken idle connection would end the process; whoever queries next meets the error itself.
  pool.on('error', (error) => settings.onIdleConnectionLost?.(error));
  return pool;
}

/** Divides an address from the options that it sets, which would otherwise be taken instead of ours. */
function takeOptions(url: string): { readonly address: string; readonly options: string } {
  const queryAt = url.indexOf('?');
  const parameters = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt));
  const own = OWN_PARAMETERS.find((name) => parameters.has(name));
  if (own !== undefined) throw new RangeError(`The address of the database must not set ${own}: the program does`);
  const options = parameters.get('options');
  if (options === null) return { address: url, options: '' };
  parameters.delete('options');
  return { address: `${url.slice(0, queryAt)}?${parameters.toString()}`, options };
}

/** Whoever repeats what is transient must see that it is, whichever statement met it: nobody is to remember that himself. */
class DatabasePool extends pg.Pool {
  override query = ((...parameters: Parameters<pg.Pool['query']>): unknown => {
    const answer: unknown = super.query(...parameters);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      throw asTransient(error);
    });
  }) as pg.Pool['query'];
}

/** On a connection that owes an answer, whatever is asked next would wait behind it, a ROLLBACK too: so it is closed. */
function closeWhenUnanswered(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  client.query = ((...parameters: unknown[]): unknown => {
    const answer = query(...parameters);
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (isUnanswered(error)) connectionOf(client).stream.destroy();
      });
    return answer;
  }) as pg.PoolClient['query'];
}

/** Every client has one; its published types leave it out. */
function connectionOf(client: pg.PoolClient & { readonly connection?: pg.Connection }): pg.Connection {
  if (client.connection === undefined) throw new Error('A client of pg without a connection');
  return client.connection;
}

/** The name of a schema, safe to stand in a statement as it is. Throws a `RangeError` for any other. */
export function schemaName(schema: string): string {
  if (!SCHEMA.test(schema)) throw new RangeError(`Not the name of a schema: ${schema}`);
  return schema;
}
