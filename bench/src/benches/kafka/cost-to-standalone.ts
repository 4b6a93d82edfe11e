import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchResult, type BenchSettings, result } from '../../bench.js';
import { processMs, serverMs } from '../../cpu-time.js';
import type { BenchApi } from '../end-to-end/bench-api.js';
import { BenchCampaign, defineWorkspace } from '../end-to-end/bench-campaign.js';
import { writePeople } from '../end-to-end/people.js';
import { withServices } from '../end-to-end/running-services.js';
import type { MeasuredCluster } from './cluster.js';

/** A row of this bench is an event, and a person becomes about so many of them. */
const EVENTS_A_PERSON = 5;
const WARM_UP_PEOPLE = 3_000;
const ROUNDS = 3;
const BROKER = 1;
const MS_A_SECOND = 1_000;
/** People a second for each core that is used, of that of standalone. */
const TARGET = 0.35;

/** What is measured: where the API is, and what all processes behind it have used of the CPU. */
interface Measured {
  readonly api: BenchApi;
  readonly folder: string;
  readonly cpuMs: () => Promise<number>;
}

/** People a second and core in the cluster against those in standalone; the processes of PostgreSQL and Kafka count in both. */
export async function costToStandalone(
  { cluster, api, folder }: MeasuredCluster,
  { rows, note }: BenchSettings,
): Promise<BenchResult> {
  const people = Math.ceil(rows / EVENTS_A_PERSON);
  const inCluster = await ratesOf('cluster', people, note, {
    api,
    folder,
    cpuMs: async () => {
      const broker = await cluster.kafka.pidOf(BROKER);
      const pids = [...cluster.replicas.all().map(({ pid }) => pid), ...(broker === undefined ? [] : [broker])];
      const own = await Promise.all(pids.map(processMs));
      return own.reduce((sum: number, ms) => sum + known(ms), await ownAndServerMs(cluster.database.pid));
    },
  });
  const inStandalone = await withServices(async (running) => {
    await defineWorkspace(running.api);
    return ratesOf('standalone', people, note, { ...running, cpuMs: () => ownAndServerMs(running.databasePid) });
  });
  return result('cluster to standalone, end to end', 'people/s a core', inCluster, inStandalone, TARGET);
}

/** This process is the client of both, the whole of standalone, and the front door of the cluster. */
async function ownAndServerMs(databasePid: number): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / MS_A_SECOND + known(await serverMs(databasePid));
}

function known(ms: number | undefined): number {
  if (ms === undefined) throw new Error('This bench needs /proc, which tells what other processes use of the CPU');
  return ms;
}

async function ratesOf(
  name: string,
  people: number,
  note: (line: string) => void,
  measured: Measured,
): Promise<readonly number[]> {
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const isWarmUp = round === 0;
    const rate = await rateACore(measured, round, isWarmUp ? WARM_UP_PEOPLE : people, (seconds, cores) => {
      if (!isWarmUp) note(`${name}, round ${round} of ${ROUNDS}: ${seconds.toFixed(1)} s on ${cores.toFixed(2)} cores`);
    });
    if (!isWarmUp) rates.push(rate);
  }
  return rates;
}

/** From the upload into a campaign that has started until the views show everybody's planned communication. */
async function rateACore(
  { api, folder, cpuMs }: Measured,
  group: number,
  people: number,
  tell: (seconds: number, cores: number) => void,
): Promise<number> {
  const path = join(folder, `people-${group}.csv`);
  await writePeople(path, group, people, new Date());
  const campaign = await BenchCampaign.define(api, `Bench ${group}`);
  await campaign.start();
  const before = { at: performance.now(), cpuMs: await cpuMs() };
  await campaign.upload(path);
  await campaign.untilPlanned(people);
  const seconds = (performance.now() - before.at) / MS_A_SECOND;
  const cpuSeconds = ((await cpuMs()) - before.cpuMs) / MS_A_SECOND;
  await rm(path);
  tell(seconds, cpuSeconds / seconds);
  return people / cpuSeconds;
}
