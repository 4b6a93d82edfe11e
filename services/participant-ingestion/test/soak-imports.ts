import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestDatabase } from '@poinciana/embedded-database';
import { packageFolder } from '@poinciana/service-kit';
import { CAMPAIGN } from './fixtures.js';
import { ImportWorld } from './import-world.js';
import type { ImporterProcess } from './importer-process.js';
import { writeNarrowFile, writeWideFile } from './soak-files.js';

// --minutes N --seed S: in an hour 10 million rows, a file of 4 GiB and 200 kills, in less time as much less of each; --rows,
// --megabytes and --kills say otherwise.
const ROWS = 10_000_000;
const MEGABYTES = 4 * 1024;
const KILLS = 200;
const ROWS_SHARE_BEFORE = 0.1;
const RATE_MIN = 0.8;
const RESIDENT_MIB_MAX = 512;
const PROGRESS_ERROR_MAX = 0.01;
const LOOK_MS = 250;
const CURVE_POINTS = 32;
const MIB = 1024 * 1024;

interface UploadState {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly rows: number;
  readonly created: number;
  readonly progress: number;
  readonly rowsPerSecond: number;
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    rows: { type: 'string' },
    megabytes: { type: 'string' },
    kills: { type: 'string' },
  },
});
const share = Math.min(1, Number(values.minutes) / 60);
const sizeOf = (given: string | undefined, whole: number) => Math.round(Number(given ?? whole * share));
const [rows, megabytes, kills] = [
  sizeOf(values.rows, ROWS),
  sizeOf(values.megabytes, MEGABYTES),
  sizeOf(values.kills, KILLS),
];

const findings: string[] = [];
const counts: Record<string, number> = {};
const say = (line: string) => process.stdout.write(`${line}\n`);
const find = (isWrong: boolean, what: string) => void (isWrong && findings.push(what));

if (megabytes > 0) await inWorld(importWideFile);
if (rows > 0) await inWorld(importManyRows);
if (kills > 0) await kill();
say(JSON.stringify({ findings, counts }));
process.exitCode = findings.length === 0 ? 0 : 1;

async function inWorld(work: (world: ImportWorld, importer: ImporterProcess) => Promise<void>): Promise<void> {
  const database = await startTestDatabase();
  const world = await ImportWorld.make(database);
  const importer = await world.start(nodeOptionsOfContainer());
  try {
    await work(world, importer);
  } finally {
    await importer.end();
    await world.close();
    await database.stop();
  }
}

/** Resident memory from the first byte to the last, and what is told of the progress against the rows that are stored. */
async function importWideFile(world: ImportWorld, importer: ImporterProcess): Promise<void> {
  const path = join(world.folder, 'wide.csv');
  const total = await writeWideFile(path, megabytes * MIB);
  let [residentMax, errorMax] = [0, 0];
  const curve: string[] = [];
  const look = (label: string) => {
    const resident = residentMib(importer.pid);
    residentMax = Math.max(residentMax, resident);
    curve.push(`${label}: ${resident} MiB`);
  };
  look('at rest');
  const sending = importer.upload<UploadState>(`${CAMPAIGN}/uploads`, path);
  // Only that it has ended: how, whoever awaits it next meets.
  const ended = Promise.allSettled([sending]).then(() => true);
  while (!(await Promise.race([ended, pause(LOOK_MS, false)]))) look('receiving');
  const state = await watch(importer, (await sending).id, ({ rows: stored, progress }) => {
    errorMax = Math.max(errorMax, Math.abs(progress - stored / total));
    look(`${Math.round(progress * 100)} % imported`);
  });
  await rm(path);
  const step = Math.max(1, Math.ceil(curve.length / CURVE_POINTS));
  for (const [at, point] of curve.entries()) if (at % step === 0 || at === curve.length - 1) say(point);
  find(state.created !== total, `${state.created} of ${total} wide rows were created: ${state.reason ?? state.status}`);
  find(residentMax >= RESIDENT_MIB_MAX, `${residentMax} MiB were resident while ${megabytes} MiB were imported`);
  find(errorMax > PROGRESS_ERROR_MAX, `The progress that is told was wrong by ${errorMax}`);
  Object.assign(counts, { 'wide MiB': megabytes, 'wide rows': total, 'resident MiB at most': residentMax });
}

/** The rate of many rows to that of a tenth of them before, into the same tables. */
async function importManyRows(world: ImportWorld, importer: ImporterProcess): Promise<void> {
  const rates: number[] = [];
  for (const [name, count] of [
    ['first', Math.ceil(rows * ROWS_SHARE_BEFORE)],
    ['many', rows],
  ] as const) {
    const path = join(world.folder, `${name}.csv`);
    await writeNarrowFile(path, name, count);
    const state = await watch(
      importer,
      (await importer.upload<UploadState>(`${CAMPAIGN}/uploads`, path)).id,
      () => undefined,
    );
    await rm(path);
    find(state.created !== count, `${state.created} of ${count} rows were created: ${state.reason ?? state.status}`);
    rates.push(state.rowsPerSecond);
    Object.assign(counts, { [`rows/s of ${count} rows`]: state.rowsPerSecond });
  }
  const [before = 0, after = 0] = rates;
  find(after < before * RATE_MIN, `${rows} rows were imported with ${after} rows/s, a tenth of them with ${before}`);
}

/** The kills of import-kills.services.spec.ts in their long form. */
async function kill(): Promise<void> {
  const program = packageFolder(import.meta.url, '../../scripts/test.mjs');
  const child = spawn(process.execPath, [program, 'services', 'import-kills'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, KILLS: String(kills), SEED: values.seed },
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  find(code !== 0, `An import that was killed ${kills} times ended otherwise: see the output above`);
  counts['kills'] = kills;
}

/** A heap without a bound grows with the machine, whatever is in it: the one of the container is what is measured. */
function nodeOptionsOfContainer(): string {
  const compose = readFileSync(packageFolder(import.meta.url, '../../docker-compose.yml'), 'utf8');
  const options = /^ {2}participant-ingestion:\n(?: {3,}.*\n)*? {6}NODE_OPTIONS: (.+)$/m.exec(compose)?.[1];
  if (options === undefined) throw new Error('docker-compose.yml says nothing of the heap of participant-ingestion');
  return options;
}

async function watch(
  importer: ImporterProcess,
  id: string,
  onLook: (state: UploadState) => void,
): Promise<UploadState> {
  for (;;) {
    const state = await importer.call<UploadState>('GET', `${CAMPAIGN}/uploads/${id}`);
    if (state.status !== 'Processing') return state;
    onLook(state);
    await pause(LOOK_MS);
  }
}

function residentMib(pid: number): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}
