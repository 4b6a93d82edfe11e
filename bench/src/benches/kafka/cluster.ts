import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster, type Cluster } from '@poinciana/cluster';
import { createPool } from '@poinciana/database';
import type { Pool } from 'pg';
import type { BenchResult, BenchSettings } from '../../bench.js';
import { BenchApi } from '../end-to-end/bench-api.js';
import { defineWorkspace } from '../end-to-end/bench-campaign.js';
import { costToStandalone } from './cost-to-standalone.js';
import { lagResults } from './lag.js';
import { takeoverResult } from './takeover.js';

const CONNECTIONS = 2;

/** A cluster that is measured, and a way past its services to what they keep. */
export interface MeasuredCluster {
  readonly cluster: Cluster;
  readonly api: BenchApi;
  readonly pool: Pool;
  /** A folder for files; it vanishes at the end. */
  readonly folder: string;
}

/** Everything that is measured on a whole cluster, one after the other on the same one. */
export async function clusterResults(settings: BenchSettings): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'poinciana-bench-'));
  const warn = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const cluster = await startCluster({
    port: 0,
    // Standalone publishes nothing for others either.
    settings: { 'event-relay': { POINCIANA_KAFKA_PUBLISHED: 'none' } },
    say: () => undefined,
    complain: warn,
    onFailure: (error) => warn(error.message),
  });
  const { url } = cluster.database;
  const pool = createPool({ url, schema: 'public', max: CONNECTIONS, applicationName: 'bench' });
  try {
    const api = new BenchApi(cluster.url, await cluster.token());
    await defineWorkspace(api);
    const measured = { cluster, api, pool, folder };
    return [
      await costToStandalone(measured, settings),
      ...(await lagResults(measured, settings)),
      await takeoverResult(measured, settings),
    ];
  } finally {
    await pool.end();
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
