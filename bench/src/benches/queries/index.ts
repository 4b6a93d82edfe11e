import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, type BenchResult, type BenchSettings, resultWithin } from '../../bench.js';
import { BenchCampaign, defineWorkspace } from '../end-to-end/bench-campaign.js';
import type { BenchApi } from '../end-to-end/bench-api.js';
import { type RunningServices, withServices } from '../end-to-end/running-services.js';
import { serveBareSelect } from './bare-select.js';
import { uuidOf } from './seeded-rows.js';
import { seedTables } from './seeded-tables.js';
import { Times } from './times.js';

/** The bounds, in milliseconds. */
const BOUNDS = { list: 100, analytics: 200, withoutIndex: 2_000 };
const SORTS = ['createdAt', 'updatedAt', 'name', 'email', 'phone', 'externalId'] as const;
const REQUESTS = { eachList: 10, pages: 50, timelines: 100, analytics: 30, withoutIndex: 5 };
const PAGE = 50;
const WALKED_PAGE = 200;
const PAGES = 1_000;
const LOOK_EVERY_MS = 50;
/** People who came through the services: whose history stands in the log. */
const REAL_PEOPLE = 200;

export const bench: Bench = {
  description:
    'what front ends read of a campaign, over HTTP: the 95th percentile to its bound; a row is a participant with a communication (10,000,000 are what is asked)',
  rows: 1_000_000,
  run: (settings) => withServices((running) => measure(running, settings)),
};

async function measure(running: RunningServices, { rows, note }: BenchSettings): Promise<readonly BenchResult[]> {
  const { api, pool } = running;
  await defineWorkspace(api);
  const campaign = await BenchCampaign.define(api, 'Many');
  const people = await comeThroughServices(api);
  await seedTables({ pool, campaignId: campaign.id, note }, rows);
  const path = `/api/views/campaigns/${campaign.id}`;
  await indexed(api, `${path}/field-indexes/amount`);
  const measured = [
    await bareSelects(running, rows),
    await firstPages(api, path),
    await distantPages(api, path),
    await filters(api, path, rows),
    await timelines(api, people),
    await analytics(api, path),
    await withoutIndex(api, path),
  ];
  return measured.map(({ what, times, bound }) => {
    note(`${what}: slowest ${times.slowest}`);
    return bound === null
      ? { ...resultWithin(what, 'ms', times.p95, BOUNDS.list), target: null }
      : resultWithin(what, 'ms', times.p95, bound);
  });
}

interface Measured {
  readonly what: string;
  readonly times: Times;
  readonly bound: number | null;
}

async function comeThroughServices(api: BenchApi): Promise<readonly string[]> {
  const campaign = await BenchCampaign.define(api, 'Few');
  await campaign.start();
  await campaign.add(
    Array.from({ length: REAL_PEOPLE }, (_, number) => ({
      attributes: {
        external_id: `real-${number}`,
        name: `Real ${number}`,
        phone: `+34699${String(number).padStart(6, '0')}`,
        is_payment_received: false,
        due_date: '2030-01-01',
        amount: '12.50',
      },
    })),
  );
  await campaign.untilPlanned(REAL_PEOPLE);
  const list = `/api/views/campaigns/${campaign.id}/participants?limit=${REAL_PEOPLE}`;
  return (await api.json<Page>('GET', list)).items.map(({ id }) => id);
}

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next?: string;
}

async function indexed(api: BenchApi, path: string): Promise<void> {
  while ((await api.json<{ readonly state: string }>('PUT', path)).state !== 'ready') await pause(LOOK_EVERY_MS);
}

async function bareSelects({ pool }: RunningServices, rows: number): Promise<Measured> {
  const times = new Times();
  const server = await serveBareSelect(pool);
  try {
    for (let number = 1; number <= REQUESTS.timelines; number += 1)
      await times.of('', async () =>
        (await fetch(`${server.url}/${uuidOf('participant', 1 + ((number * 7_919) % rows))}`)).json(),
      );
  } finally {
    await server.close();
  }
  return { what: 'a bare SELECT by primary key, p95', times, bound: null };
}

async function firstPages(api: BenchApi, path: string): Promise<Measured> {
  const times = new Times();
  for (const sort of SORTS)
    for (let number = 0; number < REQUESTS.eachList; number += 1)
      await times.of(sort, () => api.json('GET', `${path}/participants?sort=${sort}&limit=${PAGE}`));
  return { what: 'first page, p95', times, bound: BOUNDS.list };
}

/** Walks to the thousandth page, and reads from there. */
async function distantPages(api: BenchApi, path: string): Promise<Measured> {
  const times = new Times();
  let after = '';
  const next = async (limit: number): Promise<void> => {
    const page = await api.json<Page>('GET', `${path}/participants?sort=name&limit=${limit}${after}`);
    if (page.next !== undefined) after = `&after=${page.next}`;
  };
  for (let read = 0; read < PAGES * PAGE; read += WALKED_PAGE) await next(WALKED_PAGE);
  for (let number = 0; number < REQUESTS.pages; number += 1) await times.of(`page ${PAGES + number}`, () => next(PAGE));
  return { what: 'thousandth page, p95', times, bound: BOUNDS.list };
}

/** One filter, with any sort: values that few, some and many rows have. */
async function filters(api: BenchApi, path: string, rows: number): Promise<Measured> {
  const times = new Times();
  for (const sort of SORTS)
    for (let number = 0; number < REQUESTS.eachList; number += 1)
      for (const filter of filtersOf(1 + ((number * 7_919) % rows), number)) {
        const list = `${path}/participants?sort=${sort}&limit=${PAGE}&${filter}`;
        await times.of(`${filter} by ${sort}`, () => api.json('GET', list));
      }
  return { what: 'one filter with any sort, p95', times, bound: BOUNDS.list };
}

function filtersOf(row: number, number: number): readonly string[] {
  const two = String(number).padStart(2, '0');
  return [
    `name=first${two}`,
    `name=first${two}%20family1${two}`,
    `email=person.${String(row).padStart(8, '0')}`,
    `phone=3460${two}`,
    `externalId=c${String(row).padStart(9, '0').slice(0, 6)}`,
    `field=amount:isEqualTo:${number * 11 + 0.25}`,
  ];
}

async function timelines(api: BenchApi, people: readonly string[]): Promise<Measured> {
  const times = new Times();
  for (const id of people.slice(0, REQUESTS.timelines))
    await times.of(id, () => api.json('GET', `/api/views/participants/${id}/timeline`));
  return { what: 'a timeline, p95', times, bound: BOUNDS.list };
}

async function analytics(api: BenchApi, path: string): Promise<Measured> {
  const times = new Times();
  for (let number = 0; number < REQUESTS.analytics; number += 1)
    await times.of('', () => api.json('GET', `${path}/analytics?interval=day`));
  return { what: 'analytics of the campaign, p95', times, bound: BOUNDS.analytics };
}

/** Answered, or refused in time with what to do about it. */
async function withoutIndex(api: BenchApi, path: string): Promise<Measured> {
  const times = new Times();
  for (let number = 0; number < REQUESTS.withoutIndex; number += 1)
    await times.of('', () =>
      api.json('GET', `${path}/participants?field=due_date:isEqualTo:2031-01-0${number + 1}`).catch((error: Error) => {
        if (!error.message.includes('PUT field-indexes/')) throw error;
      }),
    );
  return { what: 'a filter on a field without an index, p95', times, bound: BOUNDS.withoutIndex };
}
