import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, type BenchResult, type BenchSettings, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { copyFile, newCopyTable } from '../end-to-end/copy-baseline.js';
import { PEOPLE_COLUMNS, writePeople } from '../end-to-end/people.js';
import { type Cost, costOf } from '../end-to-end/process-cost.js';
import { ImportClient, type Item } from './import-client.js';
import { type RunningIngestion, withIngestion } from './running-ingestion.js';
import { rateOfCallers, sendAlone, withBareServer } from './single-items.js';

const WARM_UP_ROWS = 5_000;
const ROUNDS = 3;
const ROWS_OF_MANY_ROUNDS = 100_000;
const SINGLE_ITEMS = 4_000;
const CHANGED_EVERY = 100;
const MIB = 1024 * 1024;

/** What one round measured, in rows or calls a second. */
interface Round {
  readonly copy: number;
  readonly fresh: number;
  readonly again: number;
  readonly changed: number;
  readonly lists: number;
  readonly stream: number;
  readonly singles: number;
  readonly bare: number;
}

export const bench: Bench = {
  description: 'people in through every door of ingestion until they are in the log, against COPY of the same file',
  rows: 50_000,
  run: (settings) => withIngestion((running) => measure(running, settings)),
};

async function measure(running: RunningIngestion, { rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  await durable(running);
  await measureRound(running, 0, Math.min(rows, WARM_UP_ROWS), () => undefined);
  note('warmed up');
  const rounds: Round[] = [];
  const count = rows > ROWS_OF_MANY_ROUNDS ? 1 : ROUNDS;
  for (let round = 1; round <= count; round += 1)
    rounds.push(await measureRound(running, round, rows, (line) => note(`round ${round} of ${count}: ${line}`)));
  const of = (measure: keyof Round) => rounds.map((round) => round[measure]);
  return [
    result('a file of new people, to COPY', 'rows/s', of('fresh'), of('copy'), 0.15),
    result('the same file again, to new people', 'rows/s', of('again'), of('fresh'), 1),
    result('1 % changed, to new people', 'rows/s', of('changed'), of('fresh'), 1),
    result('lists of 10,000, to the file', 'rows/s', of('lists'), of('fresh'), 0.5),
    result('a stream of lines, to the file', 'rows/s', of('stream'), of('fresh'), null),
    result('lists of one by 32 callers, to a bare server', 'calls/s', of('singles'), of('bare'), 0.4),
  ];
}

/** A figure without a commit on the disk would say nothing. */
async function durable({ pool }: RunningIngestion): Promise<void> {
  const { rows } = await pool.query<{ durable: boolean }>(
    `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') = 'on' AS durable`,
  );
  if (rows[0]?.durable !== true) throw new Error('fsync or synchronous_commit is off');
}

async function measureRound(
  running: RunningIngestion,
  round: number,
  rows: number,
  note: (line: string) => void,
): Promise<Round> {
  const { pool, folder } = running;
  const path = join(folder, `people-${round}.csv`);
  await writePeople(path, round, rows, new Date());
  await newCopyTable(pool);
  await pool.query('CHECKPOINT');
  const copy = await rateOf(rows, () => copyFile(pool, path));
  await pool.query('DROP TABLE bench_copy');
  const client = new ImportClient(running, await running.newCampaign(`Bench ${round}`));
  const timed = async (name: string, work: () => Promise<void>) => {
    await pool.query('CHECKPOINT');
    let rate = 0;
    const cost = await costOf(running.databasePid, async () => {
      rate = await rateOf(rows, work);
    });
    note(`${name}: ${describe(rate, cost, rows)}`);
    return rate;
  };
  const fresh = await timed('new people', () => client.file(path, { created: rows }));
  const again = await timed('the same again', () => client.file(path, { unchanged: rows }));
  const changes = await changedFile(path);
  const changed = await timed('1 % changed', () => client.file(path, { updated: changes, unchanged: rows - changes }));
  const listed = await itemsOf(folder, round, 'list', rows);
  const lists = await timed('lists of 10,000', () => client.lists(listed));
  const streamed = (await itemsOf(folder, round, 'line', rows)).map((item) => `${JSON.stringify(item)}\n`);
  const stream = await timed('a stream of lines', () => client.stream(streamed));
  const singles = await rateOfCallers(await itemsOf(folder, round, 'one', SINGLE_ITEMS), sendAlone(client));
  const bare = await withBareServer(running.databaseUrl, async (send) =>
    rateOfCallers(await itemsOf(folder, round, 'bare', SINGLE_ITEMS), send),
  );
  await rm(path);
  return { copy, fresh, again, changed, lists, stream, singles, bare };
}

/** Gives one person of a hundred another amount, which stands last in its line. Answers how many were changed. */
async function changedFile(path: string): Promise<number> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const changed = lines.map((line, at) => (at % CHANGED_EVERY === 0 ? `${line}9` : line));
  await writeFile(path, `${[header, ...changed].join('\n')}\n`);
  return Math.ceil(lines.length / CHANGED_EVERY);
}

/** New people as items: nobody of another door or round. */
async function itemsOf(folder: string, round: number, door: string, count: number): Promise<readonly Item[]> {
  const path = join(folder, 'items.csv');
  await writePeople(path, GROUPS.indexOf(door) * ROUNDS_MAX + round + ROUNDS_MAX, count, new Date());
  const [, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const { timezone = '', ...attributes } = Object.fromEntries(
      line.split(',').map((cell, at) => [PEOPLE_COLUMNS[at] ?? '', cell]),
    );
    return { attributes, timezone };
  });
}

const GROUPS = ['list', 'line', 'one', 'bare'];
const ROUNDS_MAX = 10;

function describe(rate: number, { nodeMs, databaseMs, residentBytes }: Cost, rows: number): string {
  const aRow = (ms: number | undefined) => (ms === undefined ? 'unknown' : `${Math.round((ms * 1_000) / rows)} µs`);
  return [
    `${Math.round(rate).toLocaleString('en')} rows/s`,
    `CPU a row: Node ${aRow(nodeMs)}, PostgreSQL ${aRow(databaseMs)}`,
    `resident at most ${Math.round(residentBytes / MIB)} MiB`,
  ].join('; ');
}
