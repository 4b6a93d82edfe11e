import { type BenchArguments, benchArguments } from './bench-arguments.js';
import { benchNames, benchOf } from './bench-list.js';
import { missesTarget } from './bench.js';
import { machine } from './machine.js';
import { table } from './report.js';

/** The exit code of a ratio that misses its target, with `--check`. */
const MISSED = 1;
/** The exit code of a command line that asks for nothing that exists. */
const MISUSED = 2;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  process.exitCode = await main(benchArguments(process.argv.slice(2)));
} catch (error) {
  if (!isMisuse(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = MISUSED;
}

async function main({ name, rows, json, check, help }: BenchArguments): Promise<number> {
  const names = await benchNames();
  if (help || name === undefined) {
    say(await usage(names));
    return help ? 0 : MISUSED;
  }
  if (!names.includes(name)) throw new RangeError(`There is no bench ${name}. There are: ${names.join(', ')}`);
  const bench = await benchOf(name);
  say(`${name}: ${bench.description}`);
  say(machine());
  const results = await bench.run({ rows: rows ?? bench.rows, note: say });
  say(table(results));
  if (json) say(JSON.stringify({ bench: name, machine: machine(), results }));
  return check && results.some(missesTarget) ? MISSED : 0;
}

async function usage(names: readonly string[]): Promise<string> {
  const benches = await Promise.all(
    names.map(async (name) => `  ${name.padEnd(16)}${(await benchOf(name)).description}`),
  );
  return [
    'npm run bench -- <name> [--rows N] [--json] [--check]',
    '',
    '  --rows N        how much is measured a round',
    '  --json          the last line is the result as JSON',
    '  --check         exit code 1 when a ratio misses its target',
    '',
    ...benches,
  ].join('\n');
}

function isMisuse(error: unknown): error is Error {
  return (
    error instanceof RangeError ||
    (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}
