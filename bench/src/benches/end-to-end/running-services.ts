import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@poinciana/database';
import { removeDataPlace, startEmbeddedDatabase } from '@poinciana/embedded-database';
import { issueToken, Secret, SystemClock } from '@poinciana/service-kit';
import { defaultWorkspace, startStandalone, tokenRules } from '@poinciana/standalone';
import type { Pool } from 'pg';
import { BenchApi } from './bench-api.js';

const TOKEN_SECONDS = 24 * 60 * 60;
const CONNECTIONS = 2;

/** All services in this process, on a PostgreSQL of their own with the settings of the default. */
export interface RunningServices {
  readonly api: BenchApi;
  /** For the baseline and for what is to be known of the server. */
  readonly pool: Pool;
  readonly databaseUrl: string;
  readonly databasePid: number;
  /** A folder for files; it vanishes at the end. */
  readonly folder: string;
}

/** Runs work on all services as `npm start` composes them, and ends them in any case. */
export async function withServices<Answer>(work: (running: RunningServices) => Promise<Answer>): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'poinciana-bench-'));
  const database = await startEmbeddedDatabase({ dataFolder: join(folder, 'database') });
  try {
    const dataDir = join(folder, 'standalone');
    const standalone = await startStandalone(
      {
        host: '127.0.0.1',
        port: 0,
        dataDir,
        reset: false,
        demo: false,
        databaseUrl: database.url,
        testClock: undefined,
      },
      { environment: process.env, onNotice: warn, onFailure: (error) => warn(error.message) },
    );
    const pool = createPool({ url: database.url, schema: 'public', max: CONNECTIONS, applicationName: 'bench' });
    try {
      const api = new BenchApi(standalone.url, await tokenOf(dataDir));
      return await work({ api, pool, databaseUrl: database.url, databasePid: database.pid, folder });
    } finally {
      await pool.end();
      await standalone.stop();
    }
  } finally {
    await database.stop();
    removeDataPlace(join(folder, 'database'));
    await rm(folder, { recursive: true, force: true });
  }
}

async function tokenOf(dataDir: string): Promise<string> {
  const secret = new Secret((await readFile(join(dataDir, 'token-secret'), 'utf8')).trim());
  const caller = { workspace: defaultWorkspace, role: 'operator', subject: 'bench' } as const;
  return issueToken(tokenRules(secret), caller, TOKEN_SECONDS, new SystemClock());
}

function warn(notice: string): void {
  process.stderr.write(`${notice}\n`);
}
