import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What somebody wrote at the terminal, understood. */
export interface StandaloneOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  dataDir: string;
  reset: boolean;
  demo: boolean;
  /** Undefined: the embedded one. */
  databaseUrl: string | undefined;
  /** Undefined: the machine's time. */
  testClock: Date | undefined;
}

/** What was written makes no sense. The message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const help = `npm start [-- options]: all of Poinciana in one process

  --port <number>         port of the API (3000; 0 takes any free one)
  --host <address>        address to listen on (127.0.0.1)
  --data-dir <folder>     where data and keys are kept (.poinciana)
  --reset                 begin anew: forget all data first
  --no-demo               without the demo
  --database-url <url>    a PostgreSQL of your own in place of the embedded one (or DATABASE_URL)
  --test-clock <instant>  time stands still at this instant, such as 2026-03-01T09:00:00Z; PUT /api/test/clock sets it
  --help                  this text

npm run --silent token [-- --help] prints a token for the API.`;

const portMax = 65_535;

/** Undefined when help was asked for. Throws UsageError. */
export function readOptions(parameters: string[], environment: NodeJS.ProcessEnv): StandaloneOptions | undefined {
  const values = parse(parameters);
  if (values.help) return undefined;
  const databaseUrl = values['database-url'] ?? (environment['DATABASE_URL'] || undefined);
  if (databaseUrl !== undefined) assertPostgresUrl(databaseUrl);
  if (values.reset && databaseUrl !== undefined) {
    throw new UsageError('--reset only empties the embedded database; empty the one you named yourself.');
  }
  return {
    host: values.host,
    port: readPort(values.port),
    dataDir: resolve(values['data-dir']),
    reset: values.reset,
    demo: !values['no-demo'],
    databaseUrl,
    testClock: values['test-clock'] === undefined ? undefined : readInstant(values['test-clock']),
  };
}

function parse(parameters: string[]) {
  try {
    return parseArgs({
      args: parameters,
      strict: true,
      options: {
        port: { type: 'string', default: '3000' },
        host: { type: 'string', default: '127.0.0.1' },
        'data-dir': { type: 'string', default: '.poinciana' },
        reset: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        'database-url': { type: 'string' },
        'test-clock': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // parseArgs says precisely what it met; the rest of its advice is about its own programming interface.
    const said =
      typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
    throw new UsageError(`${said.split(/[.'] To specify|\. |\n/)[0]}. See npm start -- --help.`);
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= portMax) return port;
  throw new UsageError(`The port "${text}" is not a number from 0 to ${portMax}.`);
}

function readInstant(text: string): Date {
  const instant = new Date(text);
  const hasZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (hasZone && !Number.isNaN(instant.getTime())) return instant;
  throw new UsageError(`The instant "${text}" is not of the form 2026-03-01T09:00:00Z.`);
}

function assertPostgresUrl(text: string): void {
  if (URL.canParse(text) && ['postgresql:', 'postgres:'].includes(new URL(text).protocol)) return;
  throw new UsageError('The database URL is not of the form postgresql://user:password@host:5432/database.');
}
