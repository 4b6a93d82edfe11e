import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applyMigrations } from '@poinciana/database';
import type { Pool } from 'pg';

export const EVENT_LOG_SCHEMA = 'event_log';

/** Brings the tables of the log to their newest form. Any pool of the database will do. */
export function applyEventLogMigrations(pool: Pool): Promise<readonly string[]> {
  return applyMigrations(pool, { schema: EVENT_LOG_SCHEMA, folder: migrationsFolder() });
}

/** The migrations lie beside `src`; what runs is either that or `dist/src`. */
function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('../migrations', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../migrations', import.meta.url));
}
