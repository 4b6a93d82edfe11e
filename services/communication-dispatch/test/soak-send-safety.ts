import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { packageFolder } from '@poinciana/service-kit';

// --minutes N --seed S: the campaign of kills of send-safety.services.spec.ts in its long form, again and again until the time is over.
const KILLS = 200;
const COMMUNICATIONS_EACH = 600;
const SPEC = 'send-safety';
const KILLS_LINE = /^(\d+) kills, (\d+) of them while sending$/;
const COUNT_LINE = /^ {2}(\w+ \w+ \w*, accepted \d+): (\d+)$/;

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 1);
const seed = Number(values.seed ?? 1);

const counts: Record<string, number> = {};
const findings: string[] = [];
const endsAt = performance.now() + minutes * 60_000;
let round = 0;
do {
  const code = await campaign(seed + round);
  if (code !== 0) findings.push(`The campaign with seed ${seed + round} failed: see its output above`);
  round += 1;
} while (performance.now() < endsAt);
process.stdout.write(`${JSON.stringify({ findings, counts: { campaigns: round, ...counts } })}\n`);
process.exitCode = findings.length === 0 ? 0 : 1;

/** Runs the spec, passes on what it says, and adds up what it counted. */
async function campaign(ownSeed: number): Promise<number> {
  const program = packageFolder(import.meta.url, '../../scripts/test.mjs');
  const child = spawn(process.execPath, [program, 'services', SPEC], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, KILLS: String(KILLS), COMMUNICATIONS: String(COMMUNICATIONS_EACH), SEED: String(ownSeed) },
  });
  createInterface(child.stderr).on('line', (line) => {
    process.stderr.write(`${line}\n`);
    note(line);
  });
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? 1)));
}

function note(line: string): void {
  const [, kills, whileSending] = KILLS_LINE.exec(line) ?? [];
  if (kills !== undefined) add('kills', Number(kills));
  if (whileSending !== undefined) add('kills while sending', Number(whileSending));
  const [, what, count] = COUNT_LINE.exec(line) ?? [];
  if (what !== undefined) add(what, Number(count));
}

function add(what: string, count: number): void {
  counts[what] = (counts[what] ?? 0) + count;
}
