import { expect } from '@jest/globals';
import {
  COMMUNICATION_STATUSES,
  type KnownCampaign,
  knownCampaign,
  knownWorkspace,
  statusGroup,
} from '@poinciana/campaign-definition';
import { categoryOf, type StoredEvent } from '@poinciana/event-sourcing';
import { campaignAnalytics, type Outcomes } from '../src/views/analytics/campaign-analytics.js';
import { funnels } from '../src/views/analytics/funnel.js';
import type { Counted, Measure } from '../src/views/counters/campaign-counter.js';
import { type CampaignNumbers, campaignNumbers, liveNumbers, notSent } from '../src/views/counters/campaign-numbers.js';
import { flowRunFacts } from '../src/views/runs/flow-run-facts.js';
import { everOf } from './projected-views.js';
import { PLACES, RANDOM_FLOW } from './random-person.js';
import type { ViewStore } from './view-stores.js';

type Run = ReturnType<typeof flowRunFacts>[number];

/** What the numbers of one campaign are held to: its lists and its runs. */
interface Place {
  readonly workspace: string;
  readonly campaignId: string;
  readonly runs: readonly Run[];
}

const ALL = { direction: 'asc', limit: 1000 } as const;

/** Both flows of random people, in the versions that their runs name. */
const CAMPAIGN: KnownCampaign = {
  ...knownCampaign.initialState,
  flowVersions: Object.fromEntries(['flow', 'second'].map((id) => [id, { 1: { ...RANDOM_FLOW, id, name: id } }])),
};

/** Every number that is kept or answered adds up to the rows that it counts, and to every other number about the same. */
export async function checkInvariants<Transaction>(
  store: ViewStore<Transaction>,
  events: readonly StoredEvent[],
): Promise<void> {
  const runs = flowRunFacts(events.filter(({ stream }) => categoryOf(stream) === 'flow-runs'));
  for (const [workspace, campaignId] of PLACES) {
    const own = runs.filter((run) => run.workspace === workspace && run.campaignId === campaignId);
    const place = { workspace, campaignId, runs: own };
    const counters = await store.counters.of(workspace, campaignId);
    expect(counters.every(({ count }) => count > 0)).toBe(true);
    await participantsAddUp(store, place, counters);
    await communicationsAddUp(store, place, counters);
    await notSentAddsUp(store, place, counters);
    runsAddUp(place, counters);
    await analyticsAddUp(store, place, campaignNumbers(counters, CAMPAIGN));
    await funnelsAddUp(store, place);
  }
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}

function added(numbers: Readonly<Record<string, number>>): number {
  return Object.values(numbers).reduce((total, count) => total + count, 0);
}

const of = (counters: readonly Counted[], measure: Measure) => counters.filter((each) => each.measure === measure);

async function participantsAddUp<Transaction>(
  store: ViewStore<Transaction>,
  { workspace, campaignId }: Place,
  counters: readonly Counted[],
): Promise<void> {
  const { lines, total } = await store.participants.list({ workspace, campaignId, sort: 'name', ...ALL });
  expect(lines).toHaveLength(total);
  expect(campaignNumbers(counters, CAMPAIGN).participants).toBe(total);
  expect(liveNumbers(counters).participants).toBe(total);
  expect(sum(of(counters, 'participants'))).toBe(total);
}

/** By name, by status, by group and in total; and each part as many as its list. */
async function communicationsAddUp<Transaction>(
  store: ViewStore<Transaction>,
  { workspace, campaignId }: Place,
  counters: readonly Counted[],
): Promise<void> {
  const { communications } = campaignNumbers(counters, CAMPAIGN);
  const { total, statuses, groups, names } = communications;
  const { names: _, ...live } = communications;
  expect(liveNumbers(counters).communications).toEqual(live);
  const list = { workspace, of: { campaignId }, ...ALL };
  expect((await store.communications.list(list)).lines).toHaveLength(total);
  expect([added(statuses), added(groups), names.reduce((all, name) => all + name.total, 0)]).toEqual([
    total,
    total,
    total,
  ]);
  for (const status of COMMUNICATION_STATUSES)
    expect((await store.communications.list({ ...list, statuses: [status] })).total).toBe(statuses[status] ?? 0);
  for (const name of names) {
    expect(added(name.statuses)).toBe(name.total);
    expect((await store.communications.list({ ...list, name: name.name })).total).toBe(name.total);
  }
}

/** Each reason as many as the list that it filters; those for which nothing was made, as the runs that noted them. */
async function notSentAddsUp<Transaction>(
  store: ViewStore<Transaction>,
  { workspace, campaignId, runs }: Place,
  counters: readonly Counted[],
): Promise<void> {
  const noted = runs.flatMap(({ notes }) => notes);
  for (const { status, code, count } of notSent(counters)) {
    const filter = { statuses: status === null ? [] : [status], codes: [code] };
    const list = await store.communications.list({ workspace, of: { campaignId }, ...filter, ...ALL });
    expect(count).toBe(status === null ? noted.filter((each) => each === code).length : list.total);
  }
  const ended = await store.communications.list({ workspace, of: { campaignId }, ...ALL });
  const coded = ended.lines.filter(({ endedAt, code }) => endedAt !== null && code !== '').length;
  expect(sum(notSent(counters).filter(({ status }) => status !== null))).toBe(coded);
}

function runsAddUp({ runs }: Place, counters: readonly Counted[]): void {
  const numbers = campaignNumbers(counters, CAMPAIGN).runs;
  expect(numbers.total).toBe(runs.length);
  expect(numbers.failed).toBe(runs.filter(({ failure }) => failure !== '').length);
  expect(numbers.flows.reduce((all, flow) => all + flow.runs, 0)).toBe(runs.length);
  expect(sum(of(counters, 'notes'))).toBe(runs.flatMap(({ notes }) => notes).length);
  const walkers = runs
    .filter(({ path }) => path !== '')
    .map(({ participantId, flowId, trigger }) => `${participantId} ${flowId} ${trigger}`);
  expect(sum(of(counters, 'people'))).toBe(new Set(walkers).size);
  const people = numbers.flows.flatMap(({ paths }) => paths.map((path) => path.people));
  expect(people.reduce((all, each) => all + each, 0)).toBe(new Set(walkers).size);
}

/** Roll-ups by the quarter of an hour, by the day and as a series, whatever the interval and the zone, are the counters again. */
async function analyticsAddUp<Transaction>(
  store: ViewStore<Transaction>,
  { workspace, campaignId }: Place,
  numbers: CampaignNumbers,
): Promise<void> {
  const query = everOf(workspace, campaignId);
  const sums = await store.activity.sums(query);
  const { lines } = await store.communications.list({ workspace, of: { campaignId }, ...ALL });
  const happened = (moment: 'startedAt' | 'repliedAt' | 'endedAt') =>
    lines.filter((line) => line[moment] !== null).length;
  for (const [interval, zone] of [
    ['hour', 'Asia/Kathmandu'],
    ['day', 'Europe/Madrid'],
    ['month', 'UTC'],
  ] as const) {
    const points = await store.activity.points(query, interval, zone);
    expect(sum(points)).toBe(sum(sums));
    const told = campaignAnalytics(points, sums, CAMPAIGN, knownWorkspace.initialState);
    const { joined, started, replied, ended, planned, statuses, groups, series, timeToReply } = told;
    expect({ joined, started, replied, ended }).toEqual({
      joined: numbers.participants,
      started: happened('startedAt'),
      replied: happened('repliedAt'),
      ended: happened('endedAt'),
    });
    const { communications } = numbers;
    expect({ planned, statuses, groups }).toEqual({
      planned: communications.total,
      statuses: communications.statuses,
      groups: communications.groups,
    });
    for (const part of [told.flows, told.nodes, told.channels, told.agents, told.names, series])
      outcomesAddUp(told, part);
    for (const moment of ['joined', 'started', 'replied', 'ended'] as const)
      expect(series.reduce((all, point) => all + point[moment], 0)).toBe(told[moment]);
    expect(timeToReply.replies).toBe(replied);
    expect(timeToReply.upTo.reduce((all, bound) => all + bound.replies, 0)).toBe(replied);
  }
}

/** The parts are the whole, and what each says of itself adds up too. */
function outcomesAddUp(whole: Outcomes, parts: readonly Outcomes[]): void {
  expect(parts.reduce((all, { planned }) => all + planned, 0)).toBe(whole.planned);
  for (const { planned, statuses, groups } of parts) {
    expect([added(statuses), added(groups)]).toEqual([planned, planned]);
    for (const group of ['inProgress', 'successful', 'notCompleted'] as const) {
      const own = COMMUNICATION_STATUSES.filter((status) => statusGroup(status) === group);
      expect(own.reduce((all, status) => all + (statuses[status] ?? 0), 0)).toBe(groups[group]);
    }
  }
}

/** What entered a node took an edge or stopped there; what takes an edge enters the node where it leads. */
async function funnelsAddUp<Transaction>(store: ViewStore<Transaction>, place: Place): Promise<void> {
  const visits = await store.activity.visits(everOf(place.workspace, place.campaignId));
  expect(sum(visits)).toBe(place.runs.flatMap((run) => run.visits).length);
  for (const { flowId, version, nodes, edges } of funnels(visits, CAMPAIGN)) {
    const runs = place.runs.filter((run) => run.flowId === flowId && run.flowVersion === version);
    for (const { id, entered, stopped } of nodes) {
      const gone = edges.filter(({ from }) => from === id).reduce((all, { taken }) => all + taken, 0);
      const came = edges.filter(({ to }) => to === id).reduce((all, { taken }) => all + taken, 0);
      expect(entered).toBe(gone + stopped);
      expect(stopped).toBeGreaterThanOrEqual(0);
      expect(entered).toBe(runs.flatMap((run) => run.visits).filter(({ nodeId }) => nodeId === id).length);
      if (id !== 'created') expect(came).toBe(entered);
    }
    const stopped = nodes.reduce((all, node) => all + node.stopped, 0);
    expect(stopped).toBe(runs.filter((run) => run.visits.length > 0).length);
  }
}
