import { parseArgs } from 'node:util';

/** More rows a round than any machine here holds in memory. */
const ROWS_MAX = 20_000_000;

export interface BenchArguments {
  readonly name: string | undefined;
  readonly rows: number | undefined;
  readonly json: boolean;
  readonly check: boolean;
  readonly help: boolean;
}

/** Reads the command line. Throws a `RangeError` or what `parseArgs` throws, each with a sentence for people. */
export function benchArguments(argv: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      json: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name, ...others] = positionals;
  if (others.length > 0) throw new RangeError(`One bench at a time, not also ${others.join(', ')}`);
  const rows = values.rows === undefined ? undefined : Number(values.rows);
  if (rows !== undefined && (!Number.isInteger(rows) || rows < 1 || rows > ROWS_MAX)) {
    throw new RangeError(`--rows is a whole number from 1 to ${ROWS_MAX}`);
  }
  return { name, rows, json: values.json, check: values.check, help: values.help };
}
