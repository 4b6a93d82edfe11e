import { setTimeout as pause } from 'node:timers/promises';
import { type BenchResult, type BenchSettings, resultWithin } from '../../bench.js';
import type { MeasuredCluster } from './cluster.js';
import { placesQuery } from './group-places.js';
import { SteadyPeople } from './steady-people.js';

const VICTIMS = ['flow-execution', 'communication-dispatch', 'analytics-projections'] as const;
const PEOPLE_A_SECOND = 20;
const LOOK_EVERY_MS = 50;
const MS_A_SECOND = 1_000;
const TAKEOVER_SECONDS_MAX = 15;

/** From the kill -9 of a replica until the others have handled what stood in the log at that moment; the slowest of three services. */
export async function takeoverResult(measured: MeasuredCluster, { note }: BenchSettings): Promise<BenchResult> {
  const wishes = { name: 'Takeover', peopleASecond: PEOPLE_A_SECOND, firstPhone: 22_000_000 };
  const people = await SteadyPeople.begin(measured.api, wishes);
  const seconds: number[] = [];
  for (const victim of VICTIMS) {
    const taken = await takeoverSeconds(measured, victim);
    note(`a killed replica of ${victim} was taken over in ${taken.toFixed(1)} s`);
    seconds.push(taken);
  }
  await people.stop();
  return resultWithin('takeover of a killed replica, the slowest', 's', Math.max(...seconds), TAKEOVER_SECONDS_MAX);
}

async function takeoverSeconds({ cluster, pool }: MeasuredCluster, part: string): Promise<number> {
  const places = await placesQuery(pool);
  const [replica] = cluster.replicas.of(part);
  if (replica === undefined) throw new Error(`No replica of ${part} is up`);
  const killed = performance.now();
  await cluster.replicas.leave(replica, 'SIGKILL');
  const { head } = await places();
  for (;;) {
    const { at, groups } = await places();
    const own = [...groups].filter(([name]) => name.startsWith(`${part}.`));
    if (own.length > 0 && own.every(([, place]) => place >= head)) {
      await cluster.replicas.start(part, replica.program.number);
      return (at - killed) / MS_A_SECOND;
    }
    await pause(LOOK_EVERY_MS);
  }
}
