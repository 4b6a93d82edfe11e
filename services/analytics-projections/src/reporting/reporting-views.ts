import type { OnModuleInit } from '@nestjs/common';
import { inTransaction } from '@poinciana/database';
import type { Log } from '@poinciana/service-kit';
import type { Pool, PoolClient } from 'pg';
import { reportingSql } from './reporting-sql.js';

/** Lets processes that start together make the views one after the other. */
const LOCK = 0x7265_706f;
const NOT_PRIVILEGED = '42501';

/** Makes the SQL views when the service starts, and on the new tables of a rebuild. */
export class ReportingViews implements OnModuleInit {
  constructor(
    private readonly pool: Pool,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    try {
      await inTransaction(this.pool, makeReportingViews);
    } catch (error) {
      if (!isNotPrivileged(error)) throw error;
      this.log.warn(
        'The database user may not make roles or schemas, so there are no SQL views; see docs/reference/sql-views.md',
      );
    }
  }

  /** In the transaction of a swap, which drops the old tables with everything that hangs on them. */
  async afterSwap(client: PoolClient): Promise<void> {
    const { rowCount } = await client.query(`SELECT FROM pg_namespace WHERE nspname = 'poinciana_reporting'`);
    if ((rowCount ?? 0) > 0) await makeReportingViews(client);
  }
}

export async function makeReportingViews(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1, 0)', [LOCK]);
  await client.query(reportingSql());
}

function isNotPrivileged(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === NOT_PRIVILEGED;
}
