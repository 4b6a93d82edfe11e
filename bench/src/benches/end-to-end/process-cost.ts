import { serverMs } from '../../cpu-time.js';

const SAMPLE_EVERY_MS = 100;

/** What a piece of work cost, in milliseconds of CPU; and the most memory that this process held meanwhile, in bytes. */
export interface Cost {
  readonly nodeMs: number;
  /** Undefined where there is no /proc. */
  readonly databaseMs: number | undefined;
  readonly residentBytes: number;
}

/** Runs work and answers what it cost this process and a PostgreSQL server. */
export async function costOf(databasePid: number, work: () => Promise<void>): Promise<Cost> {
  const before = { node: process.cpuUsage(), database: await serverMs(databasePid) };
  let residentBytes = process.memoryUsage.rss();
  const sampling = setInterval(() => {
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  const { user, system } = process.cpuUsage(before.node);
  const database = await serverMs(databasePid);
  const databaseMs = database === undefined || before.database === undefined ? undefined : database - before.database;
  return { nodeMs: (user + system) / 1_000, databaseMs, residentBytes };
}
