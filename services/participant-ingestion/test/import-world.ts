import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPool } from '@poinciana/database';
import type { TestDatabase } from '@poinciana/embedded-database';
import { START, type StoredEvent } from '@poinciana/event-sourcing';
import { applyEventLogMigrations, EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import type { Pool } from 'pg';
import { writeCampaign } from './fixtures.js';
import { ImporterProcess } from './importer-process.js';

const LOOKS_MAX = 6_000;
export const LOOK_MS = 10;
const PAGE = 5_000;

/** A database with a campaign, and a folder for files. */
export class ImportWorld {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly pool: Pool,
    readonly store: PostgresEventStore,
  ) {}

  static async make(database: TestDatabase): Promise<ImportWorld> {
    const url = await database.createDatabase();
    const pool = createPool({ url, schema: EVENT_LOG_SCHEMA, max: 3, applicationName: 'spec' });
    await applyEventLogMigrations(pool);
    const store = new PostgresEventStore({ pool });
    await writeCampaign(store);
    return new ImportWorld(url, await mkdtemp(join(tmpdir(), 'poinciana-uploads-')), pool, store);
  }

  start(nodeOptions?: string): Promise<ImporterProcess> {
    return ImporterProcess.start(this.url, this.folder, nodeOptions);
  }

  /** Rows stored so far, whoever is alive. */
  async rowsStored(): Promise<number> {
    const { rows } = await this.pool.query<{ rows: string }>('SELECT rows FROM participant_ingestion.upload');
    return Number(rows[0]?.rows ?? 0);
  }

  /** Whoever was killed holds its leases for a minute; that minute passes at once. */
  async passLeases(): Promise<void> {
    for (const table of ['upload', 'upload_revert'])
      await this.pool.query(`UPDATE participant_ingestion.${table} SET lease_until = clock_timestamp()`);
  }

  async until(isSo: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < LOOKS_MAX; look++) {
      if (await isSo()) return;
      await pause(LOOK_MS);
    }
    throw new Error('It does not become so');
  }

  /** The whole log, in its order. */
  async log(): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (;;) {
      const page = await this.store.readLog(events.at(-1)?.position ?? START, PAGE);
      if (page.length === 0) return events;
      events.push(...page);
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
