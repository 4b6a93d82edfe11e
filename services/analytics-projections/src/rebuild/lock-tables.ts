import { setTimeout as pause } from 'node:timers/promises';
import { asTransient, schemaName } from '@poinciana/database';
import { TransientError } from '@poinciana/event-sourcing';
import type { PoolClient } from 'pg';

/**
 * How long one attempt waits for one table. Whoever comes meanwhile waits behind it; and it is less than the time after which the
 * server looks for a deadlock (`deadlock_timeout`, 1 s), which could then end a reader instead.
 */
const ATTEMPT_MS = 200;
/** Time for those who waited behind an attempt. */
const PAUSE_MS = 100;
const ATTEMPTS_MAX = 15;

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Locks tables against everybody until the transaction ends, and with them the SQL views that show them: all or, for the moment, none.
 * Readers that already hold some and ask for more, in whatever order, therefore never wait for long. Throws a `TransientError` when
 * somebody holds one all the time.
 */
export async function lockTables(client: PoolClient, schema: string, tables: readonly string[]): Promise<void> {
  const own = tables.map((table) => `${schemaName(schema)}."${table}"`);
  const all = [...(await viewsOn(client, schema)), ...own].join(', ');
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    await client.query(`SAVEPOINT locking; SET LOCAL lock_timeout = ${ATTEMPT_MS}`);
    try {
      await client.query(`LOCK TABLE ${all} IN ACCESS EXCLUSIVE MODE`);
      await client.query('RELEASE SAVEPOINT locking');
      return;
    } catch (error) {
      if (!isHeld(error)) throw asTransient(error);
      // Lets go of those that it got.
      await client.query('ROLLBACK TO SAVEPOINT locking');
      await pause(PAUSE_MS);
    }
  }
  throw new TransientError('Somebody holds a table of the read models all the time');
}

async function viewsOn(client: PoolClient, schema: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT format('%I.%I', n.nspname, v.relname) AS name FROM pg_depend d
     JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class JOIN pg_namespace n ON n.oid = v.relnamespace
     JOIN pg_class t ON t.oid = d.refobjid
     WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
       AND t.relnamespace = $1::regnamespace AND v.relkind = 'v' ORDER BY 1`,
    [schema],
  );
  return rows.map(({ name }) => name);
}

function isHeld(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === LOCK_NOT_AVAILABLE;
}
