import { setTimeout as pause } from 'node:timers/promises';
import { type BenchResult, type BenchSettings, result, resultWithin } from '../../bench.js';
import type { MeasuredCluster } from './cluster.js';
import { lags, placesQuery, type Places } from './group-places.js';
import { SteadyPeople } from './steady-people.js';

const EVENTS_A_SECOND = 1_000;
/** Profile, participant, run and plan. */
const EVENTS_A_PERSON = 4;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 20_000;
const SAMPLE_EVERY_MS = 25;
const MS_A_SECOND = 1_000;
const PERCENTILE = 0.99;
const LAG_SECONDS_MAX = 2;
/** What was really appended, of what was to be. */
const RATE_TARGET = 0.95;

/** The age of the oldest event that a group has not handled yet, of all groups, while events are appended at a steady rate. */
export async function lagResults(
  { api, pool }: MeasuredCluster,
  { note }: BenchSettings,
): Promise<readonly BenchResult[]> {
  const places = await placesQuery(pool);
  const people = await SteadyPeople.begin(api, {
    name: 'Lag',
    peopleASecond: EVENTS_A_SECOND / EVENTS_A_PERSON,
    firstPhone: 12_000_000,
  });
  await pause(WARM_UP_MS);
  const samples: Places[] = [];
  for (const began = performance.now(); performance.now() - began < MEASURED_MS; await pause(SAMPLE_EVERY_MS)) {
    samples.push(await places());
  }
  await people.stop();
  const at = lags(samples);
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) throw new Error('Nothing was measured');
  const rate = ((last.head - first.head) / (last.at - first.at)) * MS_A_SECOND;
  note(`lag p50 ${Math.round(at(0.5))} ms, p95 ${Math.round(at(0.95))} ms, at most ${Math.round(at(1))} ms`);
  return [
    result('events appended while lag is measured', 'events/s', [rate], [EVENTS_A_SECOND], RATE_TARGET),
    resultWithin('lag of all groups at that rate, p99', 's', at(PERCENTILE) / MS_A_SECOND, LAG_SECONDS_MAX),
  ];
}
