import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bench, type BenchResult, type BenchSettings, median, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { BenchCampaign, defineWorkspace } from './bench-campaign.js';
import { copyFile, newCopyTable } from './copy-baseline.js';
import { writePeople } from './people.js';
import { type Cost, costOf } from './process-cost.js';
import { type RunningServices, withServices } from './running-services.js';

const ORDERS = ['Start, then upload', 'upload, then Start'] as const;
/** So many that what looks out for work now and then, some ten times a second, is little of what is measured. */
const ROWS = 100_000;
const WARM_UP_ROWS = 5_000;
/** More rounds where they are short. */
const ROUNDS = 3;
const ROWS_OF_MANY_ROUNDS = 2 * ROWS;
/** A COPY is over in a second, and shorter than what else a machine may be at. */
const COPIES = 3;
/** Of the rate of COPY, in both orders. */
const TARGET = 0.06;
const MIB = 1024 * 1024;

interface Measured {
  readonly copy: number;
  readonly rate: number;
  readonly cost: Cost;
}

export const bench: Bench = {
  description:
    'a CSV through all services until the views show every planned communication, in both orders, against COPY of the same file',
  rows: ROWS,
  run: (settings) => withServices((running) => measure(running, settings)),
};

async function measure(running: RunningServices, { rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  await durable(running);
  await defineWorkspace(running.api);
  for (const [at, order] of ORDERS.entries()) await measureOrder(running, order, at, Math.min(rows, WARM_UP_ROWS));
  note('warmed up');
  const rounds = rows > ROWS_OF_MANY_ROUNDS ? 1 : ROUNDS;
  const measured = ORDERS.map((): Measured[] => []);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [at, order] of ORDERS.entries()) {
      const one = await measureOrder(running, order, round * ORDERS.length + at, rows);
      note(`round ${round} of ${rounds}, ${order}: ${describe(one, rows)}`);
      measured[at]?.push(one);
    }
  }
  return ORDERS.map((order, at) => {
    const all = measured[at] ?? [];
    const rates = all.map(({ rate }) => rate);
    return result(
      `${order}, to COPY`,
      'rows/s',
      rates,
      all.map(({ copy }) => copy),
      TARGET,
    );
  });
}

/** A figure without a commit on the disk would say nothing. */
async function durable({ pool }: RunningServices): Promise<void> {
  const { rows } = await pool.query<{ durable: boolean }>(
    `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') = 'on' AS durable`,
  );
  if (rows[0]?.durable !== true) throw new Error('fsync or synchronous_commit is off');
}

async function measureOrder(
  running: RunningServices,
  order: (typeof ORDERS)[number],
  group: number,
  rows: number,
): Promise<Measured> {
  const { api, pool, folder, databasePid } = running;
  const path = join(folder, `people-${group}.csv`);
  await writePeople(path, group, rows, new Date());
  const copies: number[] = [];
  for (let copy = 0; copy < COPIES; copy += 1) {
    await newCopyTable(pool);
    await pool.query('CHECKPOINT');
    copies.push(await rateOf(rows, () => copyFile(pool, path)));
  }
  const campaign = await BenchCampaign.define(api, `Bench ${group}`);
  await pool.query('DROP TABLE bench_copy; CHECKPOINT');
  let rate = 0;
  const cost = await costOf(databasePid, async () => {
    rate = await rateOf(rows, () =>
      order === ORDERS[0] ? startFirst(campaign, path, rows) : uploadFirst(campaign, path, rows),
    );
  });
  await rm(path);
  return { copy: median(copies), rate, cost };
}

async function startFirst(campaign: BenchCampaign, path: string, rows: number): Promise<void> {
  await campaign.start();
  await campaign.upload(path);
  await campaign.untilPlanned(rows);
}

async function uploadFirst(campaign: BenchCampaign, path: string, rows: number): Promise<void> {
  await campaign.upload(path);
  await campaign.untilImported(rows);
  await campaign.start();
  await campaign.untilPlanned(rows);
}

function describe({ copy, rate, cost }: Measured, rows: number): string {
  const { nodeMs, databaseMs, residentBytes } = cost;
  const aRow = (ms: number | undefined): string =>
    ms === undefined ? 'unknown' : `${Math.round((ms * 1_000) / rows)} µs`;
  return [
    `${Math.round(rate).toLocaleString('en')} rows/s, COPY ${Math.round(copy).toLocaleString('en')}, ratio ${(rate / copy).toFixed(4)}`,
    `CPU a row: Node ${aRow(nodeMs)}, PostgreSQL ${aRow(databaseMs)}`,
    `resident at most ${Math.round(residentBytes / MIB)} MiB`,
  ].join('; ');
}
