import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPool } from '@poinciana/database';
import { EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { START } from '@poinciana/event-sourcing';
import type { Pool } from 'pg';

/** A row of the campaigns view. */
export interface ViewRow {
  readonly id: string;
  readonly workspace: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** A name that is reserved for a campaign. */
export interface ReservedName {
  readonly workspace: string;
  readonly foldedName: string;
  readonly campaignId: string;
}

const PAGE = 5_000;
const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** The embedded database of a standalone that runs, looked at past every service. */
export class RunningDatabase {
  private readonly pool: Pool;

  constructor(dataDir: string) {
    const home = join(dataDir, 'database');
    const password = readFileSync(join(home, 'password'), 'utf8').trim();
    const port = readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n')[3];
    this.pool = createPool({
      url: `postgresql://poinciana:${encodeURIComponent(password)}@127.0.0.1:${port}/poinciana`,
      schema: EVENT_LOG_SCHEMA,
      max: 3,
      applicationName: 'kill-campaign',
    });
  }

  /** The whole log, in its order. */
  async events(): Promise<readonly StoredEvent[]> {
    const store = new PostgresEventStore({ pool: this.pool });
    const events: StoredEvent[] = [];
    for (;;) {
      const page = await store.readLog(events.at(-1)?.position ?? START, PAGE);
      if (page.length === 0) return events;
      events.push(...page);
    }
  }

  /** What the log's own page reading could hide: how many rows it has, and from where to where they are numbered. */
  async numbering(): Promise<{ count: number; first: number; last: number }> {
    const { rows } = await this.pool.query<{ count: number; first: number; last: number }>(
      'SELECT count(*)::int AS count, coalesce(min(position), 1)::int AS first, coalesce(max(position), 0)::int AS last FROM event_log.events',
    );
    const [numbering] = rows;
    if (numbering === undefined) throw new Error('The log was not counted');
    return numbering;
  }

  async viewRows(): Promise<readonly ViewRow[]> {
    const { rows } = await this.pool.query<ViewRow>(
      `SELECT id, workspace, name, description, to_char(created_at, ${INSTANT}) AS "createdAt", to_char(modified_at, ${INSTANT}) AS "modifiedAt"
       FROM analytics_projections.campaign WHERE NOT deleted ORDER BY id`,
    );
    return rows;
  }

  /** Somebody with the password changes the rows of a view by hand. */
  async tamper(): Promise<void> {
    await this.pool.query(`UPDATE analytics_projections.campaign SET description = 'changed by hand'`);
  }

  async reservedNames(): Promise<readonly ReservedName[]> {
    const { rows } = await this.pool.query<ReservedName>(
      'SELECT workspace, folded_name AS "foldedName", campaign_id AS "campaignId" FROM campaign_config.campaign_name',
    );
    return rows;
  }

  /** Through how much of the log the tables of a rebuild are; -1 as long as there are none. */
  async rebuiltEvents(): Promise<number> {
    const { rows: tables } = await this.pool.query(
      `SELECT FROM pg_tables WHERE schemaname = 'analytics_projections_next' AND tablename = 'rebuild_index'`,
    );
    if (tables.length === 0) return -1;
    const { rows } = await this.pool.query<{ position: number }>(
      'SELECT coalesce(max(position), 0)::int AS position FROM analytics_projections_next.consumer_partition',
    );
    return rows[0]?.position ?? 0;
  }

  /** Letters that no consumer could handle: none may come of a kill. */
  async deadLetters(): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM analytics_projections.dead_letter',
    );
    return rows[0]?.count ?? 0;
  }

  /** Every table, of all services and of the log, that has a row with this text. */
  async tablesWith(text: string): Promise<readonly string[]> {
    const { rows: tables } = await this.pool.query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`,
    );
    const found: string[] = [];
    for (const { schema, name } of tables) {
      const asked = `SELECT 1 FROM "${schema}"."${name}" AS entry WHERE strpos(entry::text, $1) > 0 LIMIT 1`;
      if ((await this.pool.query(asked, [text])).rows.length > 0) found.push(`${schema}.${name}`);
    }
    return found;
  }

  /** Lets the times pass for which uploads and answers are kept. */
  async passKeptTimes(): Promise<void> {
    await this.pool.query(`UPDATE participant_ingestion.upload SET progressed_at = progressed_at - interval '1 year'`);
    await this.pool.query(`UPDATE participant_ingestion.request_answer SET begun_at = begun_at - interval '1 year'`);
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
