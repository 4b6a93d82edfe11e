import { join } from 'node:path';
import { createPool } from '@poinciana/database';
import { EVENT_LOG_SCHEMA, PostgresEventStore } from '@poinciana/event-store-postgres';
import { START } from '@poinciana/event-sourcing';
import { type Bench, type BenchResult, type BenchSettings, result } from '../../bench.js';
import { rateOf } from '../../rate.js';
import { BenchCampaign, defineWorkspace } from '../end-to-end/bench-campaign.js';
import { writePeople } from '../end-to-end/people.js';
import { type RunningServices, withServices } from '../end-to-end/running-services.js';
import { readThrough } from '../event-store/store-work.js';
import { IndexedCopy } from './indexed-copy.js';
import { ReplayedGroup } from './replayed-group.js';
import { viewsLag } from './views-lag.js';

const ROUNDS = 3;
/** So many that starting and stopping a group, a sixth of a second, is little of what is measured. */
const ROWS = 100_000;
const CONNECTIONS = 4;
/** Of the rate at which the log is read alone, and of COPY into a table with the same indexes. */
const TARGETS = { countersToRead: 0.5, participantsToCopy: 0.4 };
const COUNTERS = 'analytics-projections.runs';
const PARTICIPANTS = 'analytics-projections.participants';

export const bench: Bench = {
  description:
    'read models built again from the log, to reading it (counters) and to COPY with indexes (participants); their lag at 2,000 events/s; a row is a participant',
  rows: ROWS,
  run: (settings) => withServices((running) => measure(running, settings)),
};

/** What was measured in each round, side by side so that a slow moment of the machine falls on both. */
interface Rates {
  readonly replayed: readonly number[];
  readonly baseline: readonly number[];
}

async function measure(running: RunningServices, settings: BenchSettings): Promise<readonly BenchResult[]> {
  const { api, databaseUrl: url, folder } = running;
  const { rows, note } = settings;
  await defineWorkspace(api);
  const campaign = await BenchCampaign.define(api, 'Replayed');
  const path = join(folder, 'people.csv');
  await writePeople(path, 1, rows, new Date());
  const logPool = createPool({ url, schema: EVENT_LOG_SCHEMA, max: CONNECTIONS, applicationName: 'bench log' });
  try {
    await campaign.upload(path);
    await campaign.untilImported(rows);
    await campaign.untilShown(rows);
    note(`${rows} people came`);
    const participants = await rounds('participants and COPY, rows/s', note, () =>
      participantsRound(running, new PostgresEventStore({ pool: logPool }), rows),
    );
    await campaign.start();
    await campaign.untilPlanned(rows);
    note('and were planned for');
    const counters = await rounds('counters and reading, events/s', note, () =>
      countersRound(running, new PostgresEventStore({ pool: logPool })),
    );
    return [...results(counters, participants), ...(await viewsLag(running, settings))];
  } finally {
    await logPool.end();
  }
}

async function rounds(
  what: string,
  note: BenchSettings['note'],
  measureRound: () => Promise<readonly [replayed: number, baseline: number]>,
): Promise<Rates> {
  const measured: (readonly [number, number])[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rates = await measureRound();
    note(`${round === 0 ? 'to warm up' : `round ${round} of ${ROUNDS}`}, ${what}: ${rates.map(Math.round).join(', ')}`);
    if (round > 0) measured.push(rates);
  }
  return { replayed: measured.map(([replayed]) => replayed), baseline: measured.map(([, baseline]) => baseline) };
}

/** Over the log of an upload, and with the indexes at the end, as a rebuild makes them. */
async function participantsRound(running: RunningServices, store: PostgresEventStore, rows: number) {
  const participants = await ReplayedGroup.prepare(running, store, PARTICIPANTS);
  const replayed = await rateOf(rows, () => participants.replayAndIndex());
  await participants.remove();
  const copied = await IndexedCopy.prepare(running, rows);
  const copy = await rateOf(rows, () => copied.run());
  await copied.remove();
  return [replayed, copy] as const;
}

/** Over the whole log, which every group reads through. */
async function countersRound(running: RunningServices, store: PostgresEventStore) {
  const { number: events } = await store.head();
  const read = await rateOf(events, () => readThrough(store, START, events));
  const counters = await ReplayedGroup.prepare(running, store, COUNTERS);
  const replayed = await rateOf(events, () => counters.replay());
  await counters.remove();
  return [replayed, read] as const;
}

function results(counters: Rates, participants: Rates): readonly BenchResult[] {
  const { countersToRead, participantsToCopy } = TARGETS;
  const { replayed, baseline } = counters;
  return [
    result('counters from zero, to reading the log', 'events/s', replayed, baseline, countersToRead),
    result(
      'participants from zero, to indexed COPY',
      'rows/s',
      participants.replayed,
      participants.baseline,
      participantsToCopy,
    ),
  ];
}
