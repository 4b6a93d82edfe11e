import { totalmem } from 'node:os';

/** Settings of PostgreSQL by their own names, as given on its command line. */
export type ServerSettings = Readonly<Record<string, string>>;

const mib = 1024 * 1024;
const connectionsMax = 200;

/** Bytes this process may use: of the machine, or of the container it is in. */
export function usableMemory(): number {
  const constrained = process.constrainedMemory() || Infinity;
  return Math.min(totalmem(), constrained);
}

/**
 * What suits an append-heavy log beside a Node process on one machine with `memory` bytes: large buffers and rare checkpoints
 * (random keys gained a quarter from both), no compilation of queries.
 */
export function serverSettings(memory: number = usableMemory()): ServerSettings {
  return {
    shared_buffers: share(memory, 1 / 8, 128, 2048),
    effective_cache_size: share(memory, 1 / 2, 256, 65_536),
    maintenance_work_mem: share(memory, 1 / 32, 64, 512),
    work_mem: share(memory, 1 / 512, 4, 16),
    max_wal_size: share(memory, 1 / 4, 1024, 4096),
    checkpoint_timeout: '15min',
    jit: 'off',
    max_connections: String(connectionsMax),
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    // Parameters of statements hold what people told us in confidence: never in a log.
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
  };
}

/** For tests: what a crash loses is worth nothing, and many servers run side by side. */
export const testServerSettings: ServerSettings = {
  ...serverSettings(0),
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_wal_size: '1024MB',
  shared_buffers: '64MB',
};

function share(memory: number, part: number, leastMib: number, mostMib: number): string {
  return `${Math.round(Math.min(Math.max((memory * part) / mib, leastMib), mostMib))}MB`;
}
